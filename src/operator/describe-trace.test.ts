import { describe, expect, it } from 'vitest';
import { describeTrace } from './describe-trace.ts';
import type { Trace } from './trace-status.ts';

const ACCEPTED_AT = '2026-03-11T05:52:10.000Z';
const now = Date.parse(ACCEPTED_AT) + 12_340;
const job = { state: 'waiting', attemptsMade: 0, attempts: 5 };

const lines = (fields: Partial<Trace> = {}) =>
  describeTrace(
    {
      id: 'the-id',
      acceptedAt: ACCEPTED_AT,
      shard: 2,
      lane: 'fanout',
      isRetracted: false,
      batches: [],
      circles: [],
      alerts: { claimed: 0, queued: 0, taken: 0, reached: 0 },
      ...fields,
    },
    now,
  );
const circle = (fields: Partial<Trace['circles'][number]> = {}): Trace['circles'][number] => ({
  circle: 'c',
  standing: 'on-board',
  members: 46,
  digest: null,
  alert: null,
  ...fields,
});

describe('describeTrace', () => {
  it('says when, in which shard and lane a status was accepted', () => {
    expect(lines()[1]).toBe(`accepted  ${ACCEPTED_AT}, 12.3 s ago; queue shard 2, lane fanout: it is on disk`);
    expect(lines().join()).toContain('nothing left to do');
    expect(lines({ isRetracted: true }).join()).toContain('took it back');
  });

  it('says how long a batch waits and how often it was tried', () => {
    const batch = { id: 'b-0', lane: 'fanout' as const, acceptedAt: now - 2_000 };
    const text = lines({ batches: [{ ...batch, job: { ...job, state: 'delayed', attemptsMade: 2 } }] }).join('\n');
    expect(text).toContain('batch b-0, waiting since 2.0 s ago; its job is delayed, 2 of 5 attempts used');
    expect(lines({ batches: [{ ...batch, acceptedAt: null, job }] }).join()).toContain('until an operator does');
  });

  it('tells not yet from not there', () => {
    const batch = { id: 'b-0', lane: 'fanout' as const, acceptedAt: now, job };
    expect(lines({ batches: [batch], circles: [circle({ standing: 'absent' })] }).join()).toContain('not there yet');
    expect(lines({ circles: [circle({ standing: 'absent' })] }).join()).toContain('left and came back');
    expect(lines({ circles: [circle({ standing: 'superseded' })] }).join()).toContain('in the history only');
  });

  it('says which alert is waited for, and for how many people there was one', () => {
    const digest = { window: 3, dueAt: now + 9_000 };
    const waiting = (alert: Trace['circles'][number]['alert']) => lines({ circles: [circle({ digest, alert })] }).join();
    expect(waiting('scheduled')).toContain('due in 9.0 s; it is scheduled: a worker takes it within a second of that');
    expect(waiting('taken')).toContain('another takes over within 30 s');
    expect(waiting('lost')).toContain('later than 360 s after that schedules it again');
    expect(waiting({ ...job, state: 'delayed', attemptsMade: 2 })).toContain('its job is delayed, 2 of 5 attempts used');
    for (const alert of ['scheduled', 'taken', 'lost'] as const) expect(waiting(alert)).not.toContain('job is');
    expect(lines({ lane: 'help', circles: [circle({ alert: job })] }).join()).toContain('alerted at once');
    expect(lines({ alerts: { claimed: 1, queued: 1, taken: 0, reached: 0 } }).join()).toContain(
      '1 person to be alerted, 1 person have',
    );
  });
});
