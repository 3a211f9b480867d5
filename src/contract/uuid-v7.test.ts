import { describe, expect, it } from 'vitest';
import { isId } from './ids.ts';
import { makeUuidV7, timeOfUuidV7 } from './uuid-v7.ts';

describe('makeUuidV7', () => {
  it('makes ids of the contract, each once', () => {
    const ids = Array.from({ length: 1_000 }, () => makeUuidV7());
    for (const id of ids) expect(isId(id)).toBe(true);
    expect(new Set(ids).size).toBe(1_000);
  });

  it('begins with the moment, so that later ids sort later', () => {
    // RFC 9562, appendix A.6.
    const random = new Uint8Array([0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);
    expect(makeUuidV7(Date.parse('2022-02-22T14:22:22.000-05:00'), random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
    expect(timeOfUuidV7('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')).toBe(Date.parse('2022-02-22T14:22:22.000-05:00'));
    expect(makeUuidV7(1, new Uint8Array(10).fill(0xff)) < makeUuidV7(2, new Uint8Array(10))).toBe(true);
  });
});
