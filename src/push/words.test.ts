import { describe, expect, it } from 'vitest';
import { LOCALES } from '../contract/people.ts';
import { CONDITIONS } from '../contract/statuses.ts';
import { type Line, type Reader, writeDevice, writeDigest, writeHelp, writeJoined, writeTest, writeWithdrawn } from './words.ts';

const NOW = new Date('2026-03-11T05:52:10.000Z');
const japanese: Reader = { locale: 'ja', timeZone: 'Asia/Tokyo', now: NOW };
const english: Reader = { locale: 'en', timeZone: 'Europe/London', now: NOW };
const line = (name: string, minute: number, condition: Line['condition'] = 'ok'): Line => ({
  name,
  condition,
  writtenAt: `2026-03-11T05:${minute}:00.000Z`,
});

describe('writeJoined', () => {
  it('tells of each circle who is worst off, and counts all', () => {
    const circles = [
      { name: 'Family', lines: [line('Mum', 50), line('Dad', 49, 'hurt'), line('Sis', 48)] },
      { name: 'Work', lines: [line('Bob', 47)] },
    ];
    expect(writeJoined(english, circles)).toEqual({
      title: 'News of 4 people in your circles',
      body: 'Family: hurt: Dad 05:49 · OK: Mum 05:50 and 1 other\nWork: OK: Bob 05:47',
    });
    expect(writeJoined(japanese, circles).title).toContain('4人');
  });

  it('stays short enough for a push, whatever names there are', () => {
    const conditions = ['ok', 'evacuated', 'hurt', 'help'] as const;
    const lines = conditions.map((condition) => line('名'.repeat(30), 50, condition));
    for (const locale of LOCALES) {
      const { title, body } = writeJoined({ ...japanese, locale }, Array(30).fill({ name: '圏'.repeat(40), lines }));
      expect(Buffer.byteLength(JSON.stringify(title + body)), locale).toBeLessThan(3_000);
    }
  });
});

describe('writeDigest', () => {
  it('names the one who is OK, the circle and the clock time', () => {
    expect(writeDigest(english, 'Family', [line('Mum', 50)])).toEqual({ title: 'Mum is OK', body: 'Family: Mum 05:50' });
    expect(writeDigest(japanese, '家族', [line('母', 50)])).toEqual({ title: '母 は無事です', body: '家族: 母 14:50' });
  });

  it('counts the others and names the first three', () => {
    const lines = ['Mum', 'Dad', 'Sis', 'Bob', 'Eve'].map((name, index) => line(name, 50 - index));
    expect(writeDigest(english, 'Family', lines.slice(0, 4))).toEqual({
      title: 'Mum and 3 others are OK',
      body: 'Family: Mum 05:50, Dad 05:49, Sis 05:48 and 1 other',
    });
    expect(writeDigest(english, 'Family', lines).body).toBe('Family: Mum 05:50, Dad 05:49, Sis 05:48 and 2 others');
    expect(writeDigest(english, 'Family', lines.slice(0, 2)).title).toBe('Mum and 1 other are OK');
  });

  it('never hides who is hurt behind who is OK', () => {
    const lines = [line('Mum', 50), line('Dad', 49, 'hurt'), line('Sis', 48, 'evacuated'), line('Bob', 47, 'help')];
    expect(writeDigest(english, 'Family', lines)).toEqual({
      title: 'News of 4 people in Family',
      body: 'needs help: Bob 05:47 · hurt: Dad 05:49 · evacuated: Sis 05:48 · OK: Mum 05:50',
    });
  });

  it('gives the day of what was not written today, and says UTC where no zone is known', () => {
    const yesterday = { ...line('Mum', 50), writtenAt: '2026-03-10T10:00:00.000Z' };
    expect(writeDigest(english, 'Family', [yesterday]).body).toBe('Family: Mum 10 Mar, 10:00');
    expect(writeDigest({ ...english, timeZone: 'UTC' }, 'Family', [line('Mum', 50)]).body).toBe('Family: Mum 05:50 UTC');
  });

  it('takes a nickname for what it is', () => {
    expect(writeDigest(english, '{name}', [line('{count}《x》', 50)])).toEqual({
      title: '{count}《x》 is OK',
      body: '{name}: {count}《x》 05:50',
    });
  });

  it('fits into a push, whatever the names', () => {
    const long = '👩‍👩‍👧‍👦'.repeat(4).slice(0, 44);
    const lines = (['ok', 'evacuated', 'hurt', 'help'] as const).flatMap((condition) =>
      Array.from({ length: 9 }, () => line(long, 50, condition)),
    );
    for (const locale of LOCALES) {
      const words = writeDigest({ ...japanese, locale }, '無'.repeat(40), lines);
      expect(Buffer.byteLength(JSON.stringify(words)), locale).toBeLessThan(3_000);
    }
  });
});

describe.each(LOCALES)('an alert in %s', (locale) => {
  const reader: Reader = { ...japanese, locale };
  const time = /14[:.]50/;

  it('names who it is about, the circle and the time, in its title and its text', () => {
    const digest = writeDigest(reader, 'Family', [line('Mum', 50), line('Dad', 49), line('Sis', 48)]);
    expect(digest.title).toMatch(/Mum.*2/);
    expect(digest.body).toMatch(/Family.*Mum.*Dad.*Sis/);
    expect(digest.body).toMatch(time);
    const help = writeHelp(reader, 'Family', line('Mum', 50, 'help'));
    expect(help.title).toContain('Mum');
    expect(help.body).toMatch(time);
    expect(help.body).toContain('Family');
  });

  it('says four different things of the four conditions, of one and of several', () => {
    const titles = CONDITIONS.flatMap((condition) => [
      writeDigest(reader, 'Family', [line('Mum', 50, condition)]).title,
      writeDigest(reader, 'Family', [line('Mum', 50, condition), line('Dad', 49, condition)]).title,
    ]);
    expect(new Set(titles).size).toBe(8);
  });
});

describe('other alerts', () => {
  it('say who needs help since when', () => {
    expect(writeHelp(english, 'Family', line('Mum', 50, 'help'))).toEqual({
      title: 'Mum needs help',
      body: '05:50, in Family. Open the board.',
    });
  });

  it('say on which day, where that was not today', () => {
    const yesterday = { ...line('Mum', 50, 'help'), writtenAt: '2026-03-10T10:00:00.000Z' };
    expect(writeHelp(english, 'Family', yesterday).body).toBe('10 Mar, 10:00, in Family. Open the board.');
  });

  it('say when it was taken back', () => {
    expect(writeWithdrawn(japanese, '家族', '母', '2026-03-11T05:51:00.000Z')).toEqual({
      title: '母 が助けの要請を取り消しました',
      body: '14:51、家族。ボードを開いてください。',
    });
  });

  it('say that this is a test, and which device is new', () => {
    expect(writeTest(english).body).toContain('05:52');
    expect(writeDevice(english, 'Firefox on Android', '2026-03-11T05:51:00.000Z').body).toContain('Firefox on Android, 05:51');
  });
});
