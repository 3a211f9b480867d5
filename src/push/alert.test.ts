import { describe, expect, it } from 'vitest';
import { PUSH_PAYLOAD_MAX_BYTES, REACHED_IDS_MAX } from '../contract/limits.ts';
import type { AlertPayload } from '../contract/push.ts';
import { encodeAlert } from './alert.ts';

const reader = { locale: 'ja-easy', timeZone: 'Asia/Tokyo', now: new Date() } as const;
const message = (kind: 'digest' | 'help', subject: string) =>
  encodeAlert(
    {
      kind,
      circle: 'c',
      country: 'JP',
      subject,
      path: '/circles/c',
      words: { title: 't', body: 'b' },
      confirms: [],
      at: new Date(1_000),
    },
    reader,
    'https://buji.example',
  );

describe('encodeAlert', () => {
  it('keeps help longer and sends it sooner than a digest', () => {
    expect(message('help', 'a')).toMatchObject({ ttlSeconds: 86_400, urgency: 'high' });
    expect(message('digest', 'a')).toMatchObject({ ttlSeconds: 14_400, urgency: 'normal' });
  });

  it('is Declarative Web Push in a language that browsers know', () => {
    expect(JSON.parse(message('help', 'a').payload)).toMatchObject({
      web_push: 8030,
      mutable: true,
      notification: { navigate: 'https://buji.example/circles/c', lang: 'ja', timestamp: 1_000, data: { country: 'JP' } },
    });
  });

  it('has one topic for each subject, without our ids in it', () => {
    const topics = ['circle-1', 'circle-2', 'help-1', 'circle-1'].map((subject) => message('digest', subject).topic);
    expect(new Set(topics).size).toBe(3);
    for (const topic of topics) expect(topic).toMatch(/^[\w-]{32}$/);
    expect(topics[0]).not.toContain('circle');
  });

  it('carries the newest of the statuses to be confirmed, as many as fit', () => {
    const ids = Array.from(
      { length: REACHED_IDS_MAX + 1 },
      (_, index) => `0190a0a0-0000-7000-8000-${String(index).padStart(12, '0')}`,
    );
    const carried = (confirms: string[], body: string) => {
      const alert = {
        kind: 'digest',
        circle: 'c',
        country: 'JP',
        subject: 's',
        path: '/',
        words: { title: 't', body },
        at: new Date(),
      } as const;
      const { payload } = encodeAlert({ ...alert, confirms }, reader, 'https://buji.example');
      expect(Buffer.byteLength(payload)).toBeLessThanOrEqual(PUSH_PAYLOAD_MAX_BYTES);
      return (JSON.parse(payload) as AlertPayload).notification.data.statuses;
    };
    expect(carried(ids.toReversed(), 'short')).toEqual(ids.slice(1));
    const some = carried(ids, '震'.repeat(900)) ?? [];
    expect(some.length).toBeGreaterThan(10);
    expect(some).toEqual(ids.slice(-some.length));
    expect(carried(ids, 'x'.repeat(3_730))).toBeUndefined();
    expect(carried([], 'short')).toBeUndefined();
  });
});
