import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { joinWrites } from './join-writes.ts';

it('joins what is written in one turn, across promises, and leaves the next turn to itself', async () => {
  const sent: string[][] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      sent.push([chunk]);
      done();
    },
    writev(chunks, done) {
      sent.push(chunks.map(({ chunk }) => String(chunk)));
      done();
    },
  });
  joinWrites(stream);
  stream.write('a');
  await Promise.all(['b', 'c'].map(async (text) => stream.write(text)));
  expect(sent).toEqual([]);
  await new Promise(setImmediate);
  stream.write('d');
  await new Promise(setImmediate);
  expect(sent).toEqual([['a', 'b', 'c'], ['d']]);
});
