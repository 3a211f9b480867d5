import { describe, expect, it } from 'vitest';
import { formatPosition, parsePosition } from './position.ts';

describe('parsePosition', () => {
  it('takes apart what formatPosition wrote', () => {
    const position = { epoch: '0a1b2c3d', seq: 1742 };
    expect(formatPosition(position)).toBe('0a1b2c3d-1742');
    expect(parsePosition('0a1b2c3d-1742')).toEqual(position);
    expect(parsePosition('0a1b2c3d-0')).toEqual({ epoch: '0a1b2c3d', seq: 0 });
  });

  it.each([
    '',
    '-',
    '0a1b2c3d',
    '0a1b2c3d-',
    '0a1b2c3d--1',
    '0a1b2c3d-01',
    '0A1B2C3D-1',
    '0a1b2c3-1',
    '0a1b2c3d-1 ',
    '0a1b2c3d-1\n',
    '0a1b2c3d-1e3',
    '0a1b2c3d-1234567890123456',
    'undefined-undefined',
  ])('refuses %j', (text) => {
    expect(parsePosition(text)).toBeNull();
  });
});
