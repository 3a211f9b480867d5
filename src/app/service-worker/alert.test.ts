import { describe, expect, it } from 'vitest';
import { readAlert } from './alert.ts';

const ORIGIN = 'https://buji.example';

function payload(notification: Record<string, unknown>) {
  return JSON.stringify({ web_push: 8030, notification });
}

describe('readAlert', () => {
  it('shows what the service sent', () => {
    const text = payload({
      title: 'Mum needs help',
      body: 'At 14:05',
      navigate: `${ORIGIN}/circles/1`,
      lang: 'en',
      dir: 'ltr',
      tag: 'c1',
      silent: false,
    });
    expect(readAlert(text, ORIGIN)).toMatchObject({
      title: 'Mum needs help',
      options: { body: 'At 14:05', lang: 'en', tag: 'c1', renotify: true, data: { navigate: `${ORIGIN}/circles/1` } },
    });
  });

  it.each(['', 'not json', 'null', '7', '{}', payload({}), payload({ title: '' })])('has something to show for %j', (text) => {
    expect(readAlert(text, ORIGIN)).toMatchObject({ title: 'Buji', options: { data: { navigate: `${ORIGIN}/` } } });
  });

  it.each(['https://evil.example/', 'javascript:alert(1)', '//evil.example/x', undefined])('never leads to %j', (navigate) => {
    expect(readAlert(payload({ title: 'x', navigate }), ORIGIN).options.data.navigate).toBe(`${ORIGIN}/`);
  });

  it('asks for no new sound where nothing is replaced: the Notifications API refuses renotify without a tag', () => {
    expect(readAlert(payload({ title: 'x' }), ORIGIN).options).toMatchObject({ renotify: false });
  });
});
