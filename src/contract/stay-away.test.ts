import { expect, it } from 'vitest';
import { CLOSE } from './frames.ts';
import { readStayAway, STAY_AWAY_CODE, STAY_AWAY_MAX_SECONDS } from './stay-away.ts';

it('reads the seconds of that close alone, and believes no absurd ones', () => {
  expect(CLOSE.stayAway).toBe(STAY_AWAY_CODE);
  expect(readStayAway(STAY_AWAY_CODE, '7')).toBe(7);
  expect(readStayAway(STAY_AWAY_CODE, '9999')).toBe(STAY_AWAY_MAX_SECONDS);
  for (const reason of ['', '-1', '1.5', '7s', '99999999']) expect(readStayAway(STAY_AWAY_CODE, reason)).toBe(0);
  expect(readStayAway(CLOSE.goingAway, '7')).toBe(0);
});
