import { expect, it } from 'vitest';
import { type ControlMessage, formatControlMessage, parseControlMessage } from './control-messages.ts';

it.each<ControlMessage>([
  { t: 'session-ended', session: 'phone' },
  { t: 'joined', person: 'kai', circle: 'family' },
  { t: 'delivery', notices: [{ status: 's', author: 'kai', isHelp: true }] },
])('reads what it wrote: $t', (message) => {
  expect(parseControlMessage(Buffer.from(formatControlMessage(message)))).toEqual(message);
});

it.each([
  '',
  '{',
  'null',
  '1',
  '[]',
  '{"t":"joined","person":"kai"}',
  '{"t":"session-ended","session":1}',
  '{"t":"unknown"}',
  '{"t":"delivery"}',
  '{"t":"delivery","notices":[{"status":"s"}]}',
  '{"t":"delivery","notices":[null]}',
])('takes %j for no message', (text) => {
  expect(parseControlMessage(Buffer.from(text))).toBeNull();
});
