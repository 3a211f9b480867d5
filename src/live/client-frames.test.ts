import { describe, expect, it } from 'vitest';
import { parseClientFrame } from './client-frames.ts';

const circle = '01900000-0000-7000-8000-000000000000';
const parse = (value: unknown) => parseClientFrame(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));

describe('parseClientFrame', () => {
  it.each([
    { t: 'sync', positions: {} },
    { t: 'sync', positions: { [circle]: '' } },
    { t: 'sync', positions: { [circle]: '0a0b0c0d-17' } },
    { t: 'visible', value: true },
    { t: 'sync', positions: {}, own: true },
    { t: 'footprints', circle: '0190a0a0-0000-7000-8000-000000000001', statuses: ['0190a0a0-0000-7000-8000-000000000002'] },
  ])('takes %j', (frame) => expect(parse(frame)).toEqual(frame));

  it.each([
    '',
    '{',
    'null',
    '[]',
    '"sync"',
    { t: 'sync' },
    { t: 'sync', positions: { circle: '' } },
    { t: 'sync', positions: { [circle]: '17' } },
    { t: 'sync', positions: { [circle]: null } },
    { t: 'sync', positions: [] },
    { t: 'sync', positions: {}, more: 1 },
    { t: 'visible', value: 1 },
    { t: 'sync', positions: {}, own: false },
    { t: 'footprints', circle: 'c', statuses: ['0190a0a0-0000-7000-8000-000000000002'] },
    { t: 'footprints', circle: '0190a0a0-0000-7000-8000-000000000001', statuses: [] },
    { t: 'hello' },
    '{"t":"sync","positions":{"__proto__":""}}',
  ])('refuses %j', (frame) => expect(parse(frame)).toBeNull());

  it('refuses more circles than a client can know', () => {
    const ids = Array.from({ length: 61 }, (_, index) => `01900000-0000-7000-8000-${String(index).padStart(12, '0')}`);
    const positions = (count: number) => ({
      t: 'sync',
      positions: Object.fromEntries(ids.slice(0, count).map((id) => [id, ''])),
    });
    expect(parse(positions(60))).not.toBeNull();
    expect(parse(positions(61))).toBeNull();
  });
});
