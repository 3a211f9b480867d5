import { expect, it } from 'vitest';
import { mayRetry } from './send-again.ts';

it.each([0, 429, 500, 503])('sends again after %i', (status) => {
  expect(mayRetry(status)).toBe(true);
});

it.each([202, 400, 401, 404, 409])('takes %i for the last word', (status) => {
  expect(mayRetry(status)).toBe(false);
});
