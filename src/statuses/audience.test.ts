import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import type { CircleKind } from '../contract/circles.ts';
import type { PostStatus } from '../contract/statuses.ts';
import { chooseAudience, computeWrittenAt, type OpenCircle } from './audience.ts';

const open = (...kinds: CircleKind[]): OpenCircle[] => kinds.map((kind) => ({ id: `${kind}-circle`, kind }));
const post = (fields: Partial<PostStatus> = {}): PostStatus => ({ id: uuidv7(), condition: 'ok', ...fields });
const refusal = (code: string) => expect.objectContaining({ code });

describe('chooseAudience', () => {
  it('takes every open circle where none is named', () => {
    expect(chooseAudience(post(), open('family', 'work')).circles).toEqual(['family-circle', 'work-circle']);
  });

  it('drops what the author may not post to (any more)', () => {
    const asked = post({ circles: ['family-circle', 'left-circle'] });
    expect(chooseAudience(asked, open('family', 'work')).circles).toEqual(['family-circle']);
  });

  it('is not-found when none of those named is left, also when the author has no circle at all', () => {
    expect(() => chooseAudience(post({ circles: ['left-circle'] }), open('family'))).toThrow(refusal('not-found'));
    expect(() => chooseAudience(post({ circles: ['left-circle'] }), [])).toThrow(refusal('not-found'));
    expect(() => chooseAudience(post({ circles: [] }), open('family'))).toThrow(refusal('not-found'));
  });

  it('is no-circle for a person without circles who names none', () => {
    expect(() => chooseAudience(post(), [])).toThrow(refusal('no-circle'));
  });

  it('shows a place to family and friends, unless the author chose', () => {
    const all = open('family', 'friends', 'work', 'neighbours', 'official');
    const placeOf = (fields: Partial<PostStatus>) => chooseAudience(post(fields), all).placeCircles;
    expect(placeOf({})).toEqual(['family-circle', 'friends-circle']);
    expect(placeOf({ placeCircles: ['work-circle'] })).toEqual(['work-circle']);
    expect(placeOf({ placeCircles: [] })).toEqual([]);
  });

  it('shows a place nowhere that the status itself does not go to', () => {
    const fields = { circles: ['work-circle'], placeCircles: ['work-circle', 'family-circle', 'stranger-circle'] };
    expect(chooseAudience(post(fields), open('family', 'work')).placeCircles).toEqual(['work-circle']);
    expect(chooseAudience(post({ circles: ['work-circle'] }), open('family', 'work')).placeCircles).toEqual([]);
  });
});

describe('computeWrittenAt', () => {
  const ACCEPTED = '2026-03-11T05:52:10.000Z';
  it.each([
    ['takes the difference off', '2026-03-11T05:00:00.000Z', '2026-03-11T05:10:00.500Z', '2026-03-11T05:42:09.500Z'],
    [
      'believes a phone that is an hour ahead in nothing but the difference',
      '2026-03-11T06:52:00.000Z',
      '2026-03-11T06:52:01.000Z',
      '2026-03-11T05:52:09.000Z',
    ],
    [
      'believes a phone that stands at 1970 the same',
      '1970-01-01T00:00:00.000Z',
      '1970-01-01T00:00:30.000Z',
      '2026-03-11T05:51:40.000Z',
    ],
    ['takes a clock that was set back for no difference', '2026-03-11T05:10:00.000Z', '2026-03-11T05:00:00.000Z', ACCEPTED],
    ['believes seven days', '2026-03-01T00:00:00.000Z', '2026-03-08T00:00:00.000Z', '2026-03-04T05:52:10.000Z'],
    ['and no more than seven days', '1970-01-01T00:00:00.000Z', '2026-03-11T05:52:00.000Z', '2026-03-04T05:52:10.000Z'],
    ['needs both: writtenAt alone counts for nothing', '2026-03-11T05:00:00.000Z', undefined, ACCEPTED],
    ['needs both: sentAt alone counts for nothing', undefined, '2026-03-11T05:00:00.000Z', ACCEPTED],
    ['takes neither for now', undefined, undefined, ACCEPTED],
    ['takes a day that does not exist for no difference', '2026-02-31T25:00:00.000Z', '2026-03-11T05:00:00.000Z', ACCEPTED],
  ])('%s', (_, writtenAt, sentAt, expected) => {
    const times = { ...(writtenAt && { writtenAt }), ...(sentAt && { sentAt }) };
    expect(computeWrittenAt(times, new Date(ACCEPTED)).toISOString()).toBe(expected);
  });
});
