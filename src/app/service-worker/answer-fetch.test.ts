import { beforeEach, describe, expect, it, vi } from 'vitest';
import { makePage, ORIGIN } from '../../testing/phone-caches.ts';
import { usePhoneNetwork } from '../../testing/phone-network.ts';
import { expectChange } from './answer-fetch.ts';
import { forgetPages } from './kept-pages.ts';

const BOARD = '/circles/0190a0a0-0000-7000-8000-000000000000';
const phone = usePhoneNetwork();
const { network, visit, look } = phone;
/** A page of Mum's. */
const page = (text: string, status = 200, person: string | null = 'mum') => makePage({ person }, { text, status });

describe('answerNavigation', () => {
  beforeEach(async () => {
    for (const path of ['/', BOARD]) {
      network.set(path, () => page('Mum'));
      await visit(path);
    }
    expect(phone.caches.paths('pages')).toEqual(['/', BOARD]);
  });

  it('gives the page as the network has it when that answers at once', async () => {
    network.set('/', () => page('newer'));
    const text = await look('/');
    expect(text).toContain('newer');
    expect(text).not.toContain('data-copy');
  });

  it('gives the copy, marked as one and under the same policy, when there is no network', async () => {
    network.clear();
    const response = await visit('/');
    expect(response.headers.get('content-security-policy')).toBe("default-src 'self'");
    expect(await response.text()).toMatch(/^<body data-copy><div id="board">Mum/);
  });

  it('gives the copy when the network does not answer, and what then comes to the page that asks for it, once', async () => {
    const answer = phone.delay(BOARD);
    expect(await look(BOARD)).toContain('data-copy');
    network.set(BOARD, () => page('asked again'));
    const newer = phone.askNewer(BOARD);
    answer(page('newer'));
    expect(await newer).toContain('newer');
    await phone.settle();
    network.clear();
    expect(await look(BOARD)).toContain('newer');
    await expect(phone.askNewer(BOARD)).rejects.toThrow('no network');
  });

  it('gives the copy rather than a page that says how much trouble the service has', async () => {
    network.set('/', () => page('later', 503));
    expect(await look('/')).toContain('Mum');
    network.set('/settings', () => page('later', 503));
    expect(await look('/settings')).toContain('later');
  });

  it('waits for the answer to a form, and for that one only', async () => {
    expectChange();
    const answer = phone.delay('/');
    const next = look('/');
    const other = look(BOARD);
    await other;
    // As long as a copy would have been waited for is over.
    network.set(BOARD, () => new Promise(() => undefined));
    expect(await look(BOARD)).toContain('data-copy');
    answer(page('as posted'));
    expect(await next).toContain('as posted');
  });

  it('leads from an alert to its board, else to the buttons, when nothing else comes in time', async () => {
    const answer = BOARD.replace('circles', 'answer');
    vi.useFakeTimers();
    try {
      network.set(answer, () => new Promise(() => undefined));
      const hung = phone.open(answer);
      await vi.advanceTimersByTimeAsync(2_500);
      expect((await hung).headers.get('location')).toBe(ORIGIN + BOARD);
    } finally {
      vi.useRealTimers();
    }
    network.set(answer, () => page('busy', 503));
    expect((await visit(answer)).headers.get('location')).toBe(ORIGIN + BOARD);
    network.set(answer, () => page('answer'));
    expect(await look(answer)).toContain('answer');
    network.clear();
    network.set(BOARD, () => page('gone', 404));
    await visit(BOARD);
    expect((await visit(answer)).headers.get('location')).toBe(`${ORIGIN}/`);
    await forgetPages(phone.caches.store);
    expect((await visit(answer)).type).toBe('error');
  });
});

describe('answerAsset', () => {
  it('renews an icon, whose address stays the same', async () => {
    for (const [given, shown] of [
      ['1', '1'],
      ['2', '1'],
      ['3', '2'],
    ] as const) {
      network.set('/icon.svg', () => new Response(given));
      expect(await phone.load('/icon.svg')).toBe(shown);
    }
  });

  it('asks once for a file that never changes', async () => {
    network.set('/assets/app-1.js', () => new Response('1'));
    await phone.load('/assets/app-1.js');
    network.set('/assets/app-1.js', () => Promise.reject(new Error('asked again')));
    expect(await phone.load('/assets/app-1.js')).toBe('1');
  });
});
