import { expect, it } from 'vitest';
import { alertJobId, isHelpJob } from './alert-job.ts';
import type { AlertJob } from './jobs.ts';

const ALERTS: AlertJob[] = [
  { kind: 'digest', circle: 'c', window: 7 },
  { kind: 'later', circle: 'c', at: 7 },
  { kind: 'help', circle: 'c', status: '7' },
  { kind: 'withdrawn', circle: 'c', status: '7' },
];

it('is the same for the same alert, and another for every other', () => {
  expect(ALERTS.map(alertJobId)).toEqual(['digest-c-7', 'later-c-7', 'help-c-7', 'withdrawn-c-7']);
});

it('tells a *help* from the rest', () => {
  expect(ALERTS.filter((alert) => isHelpJob(alertJobId(alert)))).toEqual([ALERTS[2]]);
});

it('is one that BullMQ takes: not all digits, and no colon', () => {
  for (const alert of ALERTS) expect(alertJobId(alert)).toMatch(/^[a-z]+-[^:]+$/);
});
