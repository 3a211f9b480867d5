import { expect, it } from 'vitest';
import { parseServerFrame } from './frame-schema.ts';

const ID = '01900000-0000-7000-8000-000000000000';

it('reads a frame of the contract', () => {
  const left = { t: 'member', circle: ID, position: '0123abcd-7', change: 'left', member: { id: ID } };
  expect(parseServerFrame(JSON.stringify(left))).toEqual(left);
  expect(parseServerFrame('{"t":"synced"}')).toEqual({ t: 'synced' });
});

it('refuses what is none', () => {
  const bad = [
    { t: 'hello' },
    { t: 'synced', extra: 1 },
    { t: 'rumour', circle: ID },
    { t: 'left', circle: 'elsewhere' },
    { t: 'member', circle: ID, position: '7', change: 'left', member: { id: ID } },
    { t: 'member', circle: ID, position: '0123abcd-7', change: 'left', member: { id: ID, nickname: 'Aki' } },
  ];
  for (const frame of bad) expect(() => parseServerFrame(JSON.stringify(frame))).toThrow('no frame of the contract');
});
