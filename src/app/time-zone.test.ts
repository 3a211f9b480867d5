import { describe, expect, it } from 'vitest';
import { chooseTimeZone } from './time-zone.ts';

describe('chooseTimeZone', () => {
  it('believes the phone before the country, and neither when it is nonsense', () => {
    expect(chooseTimeZone('America/Lima', 'JP')).toBe('America/Lima');
    expect(chooseTimeZone('No/Where', 'JP')).toBe('Asia/Tokyo');
    expect(chooseTimeZone('x'.repeat(65), 'JP')).toBe('Asia/Tokyo');
    expect(chooseTimeZone(undefined, 'US')).toBe('UTC');
  });
});
