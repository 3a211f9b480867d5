import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { CreateCircle } from '../contract/circles.ts';
import { CreatePerson } from '../contract/people.ts';
import { CONDITIONS, PostStatus } from '../contract/statuses.ts';
import { CIRCLES, PEOPLE } from './town.ts';

describe('the demo town', () => {
  it.each(PEOPLE.map((person) => [person.nickname, person] as const))(
    'has in %s a person whom the contract takes',
    (_name, person) => {
      const { circles, statuses, tryAs: _tryAs, ...create } = person;
      expect(Value.Check(CreatePerson, create)).toBe(true);
      expect(circles.every((key) => key in CIRCLES)).toBe(true);
      for (const { hoursAgo, ...status } of statuses) {
        expect(Value.Check(PostStatus, { ...status, id: '01900000-0000-7000-8000-000000000000' })).toBe(true);
        expect(hoursAgo).toBeGreaterThanOrEqual(0);
      }
    },
  );

  it('has circles that the contract takes', () => {
    for (const circle of Object.values(CIRCLES)) expect(Value.Check(CreateCircle, circle)).toBe(true);
  });

  it('shows each condition, a silent member, an old status, and three people to sign in as', () => {
    const statuses = PEOPLE.flatMap((person) => person.statuses);
    expect(new Set(statuses.map(({ condition }) => condition))).toEqual(new Set(CONDITIONS));
    expect(PEOPLE.some((person) => person.statuses.length === 0)).toBe(true);
    expect(statuses.some(({ hoursAgo }) => hoursAgo > 24)).toBe(true);
    expect(PEOPLE.filter(({ tryAs }) => tryAs)).toHaveLength(3);
  });
});
