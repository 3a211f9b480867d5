import { describe, expect, it } from 'vitest';
import { createTypedCode, hashTypedCode } from './typed-code.ts';

describe('createTypedCode', () => {
  it('groups its letters, none of which looks like another', () => {
    const codes = Array.from({ length: 200 }, () => createTypedCode([4, 4, 4, 4]));
    for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(new Set(codes).size).toBe(200);
    // 3,200 letters out of 32: each of them comes up.
    expect(new Set(codes.join('').replaceAll('-', '')).size).toBe(32);
  });
});

describe('hashTypedCode', () => {
  const code = '10AB-CD0E';

  it.each(['10abcd0e', 'lOab cdoe', 'I0AB‐CD0E', '１０ＡＢ－ＣＤ０Ｅ', ' 10 AB CD 0E '])('takes %j for the same', (typed) => {
    expect(hashTypedCode(typed)).toBe(hashTypedCode(code));
  });

  it('tells another code apart, and holds none of it', () => {
    expect(hashTypedCode('10AB-CD0F')).not.toBe(hashTypedCode(code));
    expect(hashTypedCode(code)).toMatch(/^[0-9a-f]{64}$/);
  });
});
