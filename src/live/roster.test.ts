import { expect, it } from 'vitest';
import type { Connection } from './connection.ts';
import { Roster } from './roster.ts';

const of = (person: string, session: string) => ({ person, session }) as Connection;

it('finds connections by person and by session, oldest first', () => {
  const roster = new Roster();
  const [phone, tab, laptop, other] = [of('mika', 's1'), of('mika', 's1'), of('mika', 's2'), of('aki', 's3')];
  for (const connection of [phone, tab, laptop, other]) roster.add(connection);
  expect(roster.ofPerson('mika')).toEqual([phone, tab, laptop]);
  expect(roster.ofSession('s1')).toEqual([phone, tab]);
  expect(roster.people()).toEqual(['mika', 'aki']);
  expect(roster.size).toBe(4);
});

it('forgets a connection altogether, once', () => {
  const roster = new Roster();
  const connection = of('mika', 's1');
  roster.add(connection);
  roster.delete(connection);
  roster.delete(connection);
  expect([roster.list(), roster.people(), roster.ofPerson('mika'), roster.ofSession('s1')]).toEqual([[], [], [], []]);
});

it('may be changed while a list of it is walked', () => {
  const roster = new Roster();
  for (let count = 0; count < 5; count++) roster.add(of('mika', 's1'));
  let walked = 0;
  for (const connection of roster.ofSession('s1')) {
    roster.delete(connection);
    walked += 1;
  }
  expect(walked).toBe(5);
});
