import { describe, expect, it } from 'vitest';
import { encodeAlert } from './alert.ts';

const reader = { locale: 'ja-easy', timeZone: 'Asia/Tokyo', now: new Date() } as const;
const message = (kind: 'digest' | 'help', subject: string) =>
  encodeAlert(
    { kind, circle: 'c', subject, path: '/circles/c', words: { title: 't', body: 'b' }, at: new Date(1_000) },
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
      notification: { navigate: 'https://buji.example/circles/c', lang: 'ja', timestamp: 1_000 },
    });
  });

  it('has one topic for each subject, without our ids in it', () => {
    const topics = ['circle-1', 'circle-2', 'help-1', 'circle-1'].map((subject) => message('digest', subject).topic);
    expect(new Set(topics).size).toBe(3);
    for (const topic of topics) expect(topic).toMatch(/^[\w-]{32}$/);
    expect(topics[0]).not.toContain('circle');
  });
});
