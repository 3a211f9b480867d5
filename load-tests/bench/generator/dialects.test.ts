import { expect, it } from 'vitest';
import { DIALECTS } from './dialects.ts';

const person = { id: 'mother', token: 'secret', circles: [0] };

it.each(Object.entries(DIALECTS))('posts a whole request in the dialect of %s', (_name, dialect) => {
  const [head = '', body = ''] = dialect.post(person, 'family', 'one', 'home', 'help').split('\r\n\r\n');
  expect(head).toContain(`content-length: ${Buffer.byteLength(body)}`);
  expect(JSON.stringify(JSON.parse(body))).toMatch(/"id":"one".*"condition":"help"/);
});

it('syncs with Buji from where its circles stand, and is ready when it says so', () => {
  const hello = JSON.stringify({ t: 'hello', circles: [{ id: 'family', position: '0a-7' }] });
  expect(DIALECTS.buji.onText(hello, person)).toEqual({ answer: '{"t":"sync","positions":{"family":"0a-7"}}' });
  expect(DIALECTS.buji.onText('{"t":"synced"}', person)).toEqual({ ready: true });
});

it('signs in to Socket.IO, and answers its pings', () => {
  expect(DIALECTS.socketio.onText('0{"sid":"x"}', person)).toEqual({ answer: '40{"token":"secret"}' });
  expect(DIALECTS.socketio.onText('2', person)).toEqual({ answer: '3' });
  expect(DIALECTS.socketio.onText('40{"sid":"y"}', person)).toEqual({ ready: true });
});
