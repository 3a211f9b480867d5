import { renderToString } from 'preact-render-to-string';
import { expect, it } from 'vitest';
import { findMessage } from '../../i18n/translate.ts';
import { makeEntry, type OutboxEntry } from '../phone/outbox-entry.ts';
import type { Words } from '../words.tsx';
import { countWaiting } from './outbox-view.tsx';
import { WaitingForSignIn } from './show-waiting.tsx';

const words: Words = { locale: 'en', timeZone: 'UTC', now: 0, find: (key) => findMessage('en', key) };

it('says how many wait, whoever tapped them, and nothing of what was taken back, for that never goes out', () => {
  const states: OutboxEntry['state'][] = ['waiting', 'sign-in', 'retracting', 'refused', 'sent'];
  const entries = states.map((state) => ({ ...makeEntry(state, `of ${state}`, { condition: 'help' }, 0), state }));
  const html = renderToString(<WaitingForSignIn words={words} count={countWaiting(entries)} isHere={false} />);
  expect(html).toContain('Waiting on this phone to be sent: 2');
});

it.each([false, true])('says how many wait and leads to where one signs in, unless that is here (%s)', (isHere) => {
  const html = renderToString(<WaitingForSignIn words={words} count={2} isHere={isHere} />);
  expect(html).toContain('Waiting on this phone to be sent: 2');
  expect(html).toContain('Sign in with your code, then it goes out.');
  expect(html.includes('href="/recover"')).toBe(!isHere);
});
