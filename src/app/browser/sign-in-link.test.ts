import { describe, expect, it } from 'vitest';
import { codeInHash } from './sign-in-link.ts';

describe('codeInHash', () => {
  it('finds the recovery code of a sign-in link', () => {
    expect(codeInHash('#code=C8AVN-4YE70-FKYNN-HWV3W-390DN7')).toBe('C8AVN-4YE70-FKYNN-HWV3W-390DN7');
    expect(codeInHash('#x=1&code=c8avn%204ye70')).toBe('c8avn 4ye70');
  });

  it('finds none where there is none', () => {
    for (const hash of ['', '#', '#board', '#code', '#code=', '#recode=C8AVN']) expect(codeInHash(hash)).toBeNull();
  });
});
