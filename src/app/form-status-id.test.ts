import { describe, expect, it } from 'vitest';
import { isId } from '../contract/ids.ts';
import { CONDITIONS } from '../contract/statuses.ts';
import { formStatusId } from './form-status-id.ts';

const FORM_ID = '0190a0a0-0000-7000-8000-00000000000f';

describe('formStatusId', () => {
  it('is one id for each button, the same at every press', () => {
    const ids = CONDITIONS.map((condition) => formStatusId(FORM_ID, condition));
    expect(new Set(ids).size).toBe(CONDITIONS.length);
    expect(CONDITIONS.map((condition) => formStatusId(FORM_ID, condition))).toEqual(ids);
    for (const id of ids) expect(isId(id)).toBe(true);
  });
});
