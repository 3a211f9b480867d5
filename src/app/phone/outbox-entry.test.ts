import { describe, expect, it } from 'vitest';
import { RETRY_AFTER_BELIEVED_SECONDS } from '../../contract/limits.ts';
import type { Condition } from '../../contract/statuses.ts';
import {
  afterAnswer,
  afterSignIn,
  findSameTap,
  isDue,
  isSpared,
  makeBody,
  makeEntry,
  nextDue,
  takeBack,
} from './outbox-entry.ts';

const NOW = Date.parse('2026-03-11T05:46:18.000Z');
const entry = makeEntry('id', 'me', { condition: 'ok' }, NOW);

describe('afterAnswer', () => {
  it('is sent by 202 with its id and by nothing else', () => {
    expect(afterAnswer(entry, { status: 202, id: 'id' }, NOW, 0)?.state).toBe('sent');
    for (const status of [200, 201, 204, 302, 401, 404, 409, 413, 429, 500, 503])
      expect(afterAnswer(entry, { status, id: 'id' }, NOW, 0)?.state).not.toBe('sent');
  });

  const elsewhere = [200, 202, 204, 302, 400, 401, 403, 404, 413, 429, 500, 503].map((status) => ({ status }));
  const ours = [
    { status: 202, id: 'other' },
    { status: 429, code: 'too-many-requests' },
    { status: 503, code: 'unavailable' },
  ];
  it.each(['network' as const, ...elsewhere, ...ours])(
    'tries again after %j, which is no word of the service about it, later each time',
    (answer) => {
      const first = afterAnswer(entry, answer, NOW, 1);
      if (!first) throw new Error('kept');
      expect(first).toMatchObject({ state: 'waiting', attempts: 1, dueAt: NOW + 2_000, id: 'id' });
      const second = afterAnswer(first, answer, NOW, 1);
      expect(second?.dueAt).toBe(NOW + 4_000);
      expect(afterAnswer({ ...entry, attempts: 30 }, answer, NOW, 1)?.dueAt).toBe(NOW + 60_000);
      expect(afterAnswer({ ...entry, attempts: 30 }, answer, NOW, 0)?.dueAt).toBe(NOW + 30_000);
    },
  );

  it('obeys Retry-After even when the network seems to be back', () => {
    const told = afterAnswer(entry, { status: 503, retryAfterSeconds: 12 }, NOW, 0);
    if (!told) throw new Error('kept');
    expect(isDue(told, NOW + 11_999, true)).toBe(false);
    expect(isDue(told, NOW + 12_000, true)).toBe(true);
    expect(nextDue([told], NOW)).toBe(NOW + 12_000);
  });

  it('keeps a status and asks to sign in on 401', () => {
    expect(afterAnswer(entry, { status: 401, code: 'not-signed-in' }, NOW, 0)?.state).toBe('sign-in');
  });

  it('keeps a status and says why on any other refusal', () => {
    expect(afterAnswer(entry, { status: 409, code: 'no-circle' }, NOW, 0)).toMatchObject({ state: 'refused', code: 'no-circle' });
    expect(afterAnswer(entry, { status: 400, code: 'invalid-request' }, NOW, 0)).toMatchObject({ state: 'refused' });
  });

  it('lets go of what the service says was taken back elsewhere', () => {
    expect(afterAnswer(entry, { status: 202, id: 'id', isRetracted: true }, NOW, 0)).toBeNull();
  });

  it('goes on taking back until the service has heard of it', () => {
    const retracting = { ...entry, state: 'retracting' as const };
    for (const answer of ['network' as const, ...elsewhere.filter(({ status }) => status !== 204)])
      expect(afterAnswer(retracting, answer, NOW, 0)).toMatchObject({ state: 'retracting', attempts: 1 });
    expect(afterAnswer(retracting, { status: 204 }, NOW, 0)).toBeNull();
    expect(afterAnswer(retracting, { status: 404, code: 'not-found' }, NOW, 0)).toBeNull();
  });
});

describe('afterSignIn', () => {
  it('tries again at once what waited for it: a status, and taking one back', () => {
    const refused = [entry, { ...entry, state: 'retracting' as const }].map((tried) =>
      afterAnswer(tried, { status: 401, code: 'not-signed-in' }, NOW, 0),
    );
    expect(refused).toMatchObject([{ state: 'sign-in' }, { state: 'retracting', needsSignIn: true }]);
    const again = refused.map((left) => left && afterSignIn(left));
    expect(again).toMatchObject([{ state: 'waiting' }, { state: 'retracting', needsSignIn: false }]);
    for (const left of again) expect(left && isDue(left, NOW, false)).toBe(true);
    expect(afterSignIn(entry)).toBeUndefined();
  });
});

describe('isSpared', () => {
  it('spares a new tap a try without a network, so that undo leaves no trace, and no longer than that', () => {
    expect(isSpared(entry, NOW + 9_999, false)).toBe(true);
    expect(isSpared(entry, NOW + 10_000, false)).toBe(false);
    expect(isSpared(entry, NOW, true)).toBe(false);
    expect(isSpared({ ...entry, isTried: true }, NOW, false)).toBe(false);
    expect(isSpared({ ...entry, state: 'retracting' }, NOW, false)).toBe(false);
  });
});

describe('takeBack', () => {
  it('leaves no trace of what nobody can have heard of', () => {
    expect(takeBack(entry, NOW)).toBeNull();
    expect(takeBack({ ...entry, isTried: true, state: 'refused' }, NOW)).toBeNull();
  });

  it.each([{ isTried: true }, { attempts: 1 }, { state: 'sent' as const }, { isTried: true, state: 'sign-in' as const }])(
    'tells the service where it may have: %j',
    (change) => {
      expect(takeBack({ ...entry, ...change, notBefore: NOW + 5 }, NOW + 1)).toMatchObject({
        state: 'retracting',
        dueAt: NOW + 1,
        notBefore: 0,
      });
    },
  );
});

describe('isDue', () => {
  it('waits for its time, or for a sign of the network', () => {
    const later = { ...entry, dueAt: NOW + 1 };
    expect(isDue(later, NOW, false)).toBe(false);
    expect(isDue(later, NOW, true)).toBe(true);
    expect(isDue({ ...entry, state: 'sent' }, NOW, true)).toBe(false);
    expect(isDue({ ...entry, state: 'refused' }, NOW, true)).toBe(false);
  });
});

describe('a clock that was an hour ahead, and is right again', () => {
  const ahead = NOW + 3_600_000;
  const told = { ...entry, savedAt: ahead, dueAt: ahead, notBefore: ahead, attempts: 1 };

  it('holds nothing back, neither on the service’s word nor on our own', () => {
    expect(isDue(told, NOW, true)).toBe(true);
    expect(isDue({ ...told, notBefore: 0 }, NOW, false)).toBe(true);
    expect(nextDue([told], NOW)).toBeLessThanOrEqual(NOW);
    expect(isSpared(told, NOW, false)).toBe(false);
  });

  it('leaves the longest that the service is believed as it is', () => {
    const longest = { ...entry, notBefore: NOW + RETRY_AFTER_BELIEVED_SECONDS * 1_000 };
    expect(isDue(longest, NOW, true)).toBe(false);
    expect(nextDue([longest], NOW)).toBe(longest.notBefore);
  });
});

describe('nextDue', () => {
  it('is null when nothing waits', () => {
    expect(nextDue([{ ...entry, state: 'sent' }], NOW)).toBeNull();
    expect(
      nextDue(
        [
          { ...entry, dueAt: 7 },
          { ...entry, dueAt: 5 },
        ],
        NOW,
      ),
    ).toBe(5);
  });
});

describe('makeBody', () => {
  it('says when it was tapped and when it is sent', () => {
    expect(makeBody(entry, NOW + 51_500)).toEqual({
      id: 'id',
      condition: 'ok',
      writtenAt: '2026-03-11T05:46:18.000Z',
      sentAt: '2026-03-11T05:47:09.500Z',
    });
  });
});

describe('findSameTap', () => {
  const tap = (condition: Condition, at: number, person = 'me') => makeEntry('tap', person, { condition }, at);

  it('takes a trembling second tap for the first, but not another button', () => {
    expect(findSameTap([entry], tap('ok', NOW + 900))).toBe(entry);
    expect(findSameTap([entry], tap('help', NOW + 900))).toBeUndefined();
    expect(findSameTap([entry], tap('ok', NOW + 10_000))).toBeUndefined();
    expect(findSameTap([entry], tap('ok', NOW + 900, 'you'))).toBeUndefined();
    expect(findSameTap([], tap('ok', NOW))).toBeUndefined();
  });

  it('takes the first button, pressed again after a wrong one, for a correction', () => {
    const slip = makeEntry('slip', 'me', { condition: 'hurt' }, NOW + 1_000);
    const neighbour = makeEntry('other', 'you', { condition: 'hurt' }, NOW + 1_500);
    for (const entries of [
      [entry, slip, neighbour],
      [slip, neighbour, entry],
    ]) {
      expect(findSameTap(entries, tap('ok', NOW + 2_000))).toBeUndefined();
      expect(findSameTap(entries, tap('hurt', NOW + 2_000))).toBe(slip);
    }
  });

  it('is no repetition of a tap that a wrong clock put into the future', () => {
    expect(findSameTap([entry], tap('ok', NOW - 1))).toBeUndefined();
    expect(findSameTap([entry], tap('ok', NOW))).toBe(entry);
  });

  it('does not count what is being taken back', () => {
    expect(findSameTap([{ ...entry, state: 'retracting' }], tap('ok', NOW + 900))).toBeUndefined();
  });
});
