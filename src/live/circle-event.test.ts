import { describe, expect, it } from 'vitest';
import { findAcceptedAt, isUrgent, parseFeedEvent, parsePublished } from './circle-event.ts';

describe('parsePublished', () => {
  it('reads position, header and frame', () => {
    const [event, ...more] = parsePublished(Buffer.from('0a0b0c0d-17 status 0190\n{"note":"a b\\n無事"}')) ?? [];
    expect(event).toMatchObject({ epoch: '0a0b0c0d', seq: 17, kind: 'status', subject: '0190' });
    expect(event?.payload.toString()).toBe('{"note":"a b\\n無事"}');
    expect(more).toEqual([]);
  });

  it('reads several in one message, in their order', () => {
    const texts = [
      '0a0b0c0d-17 status 0190\n{"note":"a b"}',
      '0a0b0c0d-18 left p\n{"t":"member"}',
      '0a0b0c0d-19 status 0191\n{}',
    ];
    const events = parsePublished(Buffer.from(`\n${texts.join('\n')}`));
    expect(events).toEqual(texts.flatMap((text) => parsePublished(Buffer.from(text))));
    expect(events?.map(({ seq, kind, payload }) => [seq, kind, `${payload}`])).toEqual([
      [17, 'status', '{"note":"a b"}'],
      [18, 'left', '{"t":"member"}'],
      [19, 'status', '{}'],
    ]);
  });

  it.each([
    '',
    'x',
    '\n',
    '0a0b0c0d-17\n{}',
    '0a0b0c0d-17 \n{}',
    'zz-1 status a\n{}',
    '0a0b0c0d-17 status a',
    '\n0a0b0c0d-17 status a\n{}\nx',
    '\n0a0b0c0d-17 status a\n{}\n0a0b0c0d-18 status a',
  ])('refuses %j', (text) => {
    expect(parsePublished(Buffer.from(text))).toBeNull();
  });

  it('reads the same from the feed', () => {
    const fromFeed = parseFeedEvent({ position: '0a0b0c0d-17', header: 'left p', frame: '{"t":"member"}' });
    expect([fromFeed]).toEqual(parsePublished(Buffer.from('0a0b0c0d-17 left p\n{"t":"member"}')));
  });
});

describe('findAcceptedAt', () => {
  it('finds the time of a status, whatever its note says', () => {
    const status = { note: 'he wrote "acceptedAt":"1999-01-01T00:00:00.000Z"', acceptedAt: '2026-03-11T05:52:10.250Z' };
    expect(findAcceptedAt(Buffer.from(JSON.stringify({ t: 'status', status })))).toBe(Date.parse(status.acceptedAt));
  });

  it('is NaN elsewhere', () => expect(findAcceptedAt(Buffer.from('{"t":"member"}'))).toBeNaN());
});

it('knows a status of help, and none that only speaks of it', () => {
  const event = (kind: string, status: object) => ({
    epoch: 'e',
    seq: 1,
    kind,
    subject: 'x',
    payload: Buffer.from(JSON.stringify({ t: kind, status })),
  });
  expect(isUrgent(event('status', { condition: 'help' }))).toBe(true);
  expect(isUrgent(event('status', { condition: 'ok', note: '"condition":"help"' }))).toBe(false);
  expect(isUrgent(event('retracted', { condition: 'help' }))).toBe(false);
});
