import { once } from 'node:events';
import { expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { encodeFrames, encodeText, PING_FRAME } from './frame-encoder.ts';

/** What a real client makes of raw bytes after the handshake: each message as text, a ping as 'ping'. */
async function readAsClient(bytes: Buffer, count: number): Promise<string[]> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (_, request) => request.socket.write(bytes));
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const client = new WebSocket(`ws://127.0.0.1:${port}`);
  const seen: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const note = (text: string) => {
      if (seen.push(text) === count) resolve();
    };
    client.on('message', (data) => note(data.toString()));
    client.on('ping', () => note('ping'));
    client.on('error', reject);
    client.on('close', () => reject(new Error('closed')));
  });
  client.terminate();
  server.close();
  return seen;
}

it('encodes payloads of every length class, several in one buffer', async () => {
  const texts = [
    '',
    'a',
    'あ'.repeat(41),
    'x'.repeat(125),
    'x'.repeat(126),
    'y'.repeat(65_535),
    'z'.repeat(65_536),
    '無事'.repeat(50_000),
  ];
  const joined = encodeFrames(texts.map((text) => Buffer.from(text)));
  expect(await readAsClient(joined, texts.length)).toEqual(texts);
});

it('encodes one text, and a ping', async () => {
  const bytes = Buffer.concat([encodeText('無事 🐶'), PING_FRAME, encodeText('b'.repeat(70_000))]);
  expect(await readAsClient(bytes, 3)).toEqual(['無事 🐶', 'ping', 'b'.repeat(70_000)]);
});

it('gives the same bytes either way', () => {
  for (const length of [0, 125, 126, 65_535, 65_536]) {
    const text = 'q'.repeat(length);
    expect(encodeText(text).equals(encodeFrames([Buffer.from(text)]))).toBe(true);
  }
});
