import { describe, expect, it } from 'vitest';
import { CreatePerson } from '../contract/people.ts';
import { checkForm, checkId, ownPath, readField, readFields } from './form.ts';

describe('readField', () => {
  it('gives the text without blanks around it, with plain line breaks', () => {
    expect(readField({ note: '  a\r\nb ' }, 'note')).toBe('a\nb');
  });

  it.each([undefined, null, 'text', {}, { note: '' }, { note: '  ' }, { note: ['a', 'b'] }])('gives nothing for %j', (body) => {
    expect(readField(body, 'note')).toBeUndefined();
  });
});

describe('readFields', () => {
  it('gives one, several or none', () => {
    expect(readFields({ circles: 'a' }, 'circles')).toEqual(['a']);
    expect(readFields({ circles: ['a', 'b'] }, 'circles')).toEqual(['a', 'b']);
    expect(readFields({}, 'circles')).toEqual([]);
  });
});

describe('checkForm', () => {
  it('leaves out what is not there', () => {
    expect(checkForm(CreatePerson, { nickname: 'Ken', locale: undefined })).toEqual({ nickname: 'Ken' });
  });

  it('refuses what the API would refuse', () => {
    expect(() => checkForm(CreatePerson, { nickname: 'a\u0000b' })).toThrow(expect.objectContaining({ code: 'invalid-request' }));
    expect(() => checkForm(CreatePerson, {})).toThrow(expect.objectContaining({ code: 'invalid-request' }));
  });

  it('counts a nickname in letters, not in halves of them', () => {
    expect(checkForm(CreatePerson, { nickname: '🐻'.repeat(30) })).toEqual({ nickname: '🐻'.repeat(30) });
    expect(() => checkForm(CreatePerson, { nickname: '🐻'.repeat(31) })).toThrow();
  });
});

describe('checkId', () => {
  it('takes ids of the contract only', () => {
    expect(checkId('0190a0a0-0000-7000-8000-000000000000')).toBe('0190a0a0-0000-7000-8000-000000000000');
    for (const text of ['', '0190A0A0-0000-7000-8000-000000000000', '../../x']) {
      expect(() => checkId(text)).toThrow(expect.objectContaining({ code: 'not-found' }));
    }
  });
});

describe('ownPath', () => {
  it.each([
    ['/circles/1?x=1', '/circles/1?x=1'],
    ['/a/../b', '/b'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['/.//evil.example/x', '/'],
    ['/a/..//evil.example/x', '/'],
    ['/%2e//evil.example/x', '/'],
    ['/a//b', '/a//b'],
    ['https://evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['', '/'],
    [undefined, '/'],
  ])('%j leads to %s', (path, place) => {
    expect(ownPath(path)).toBe(place);
  });
});
