import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { layOut, type Shape, type World } from '../lib/world.ts';

/** A world for programs that have no sign-up of their own: ids and tokens as Buji makes them. */
export function makeWorld(shape: Shape): World {
  const { personCircles, circleMembers } = layOut(shape);
  return {
    people: personCircles.map((circles, index) => ({
      id: makeId(1, index),
      token: randomBytes(32).toString('base64url'),
      circles,
    })),
    circles: circleMembers.map((members, index) => ({ id: makeId(2, index), members })),
  };
}

/** Writes it where the program reads it. */
export function saveWorld(world: World, dir: string): string {
  const path = `${dir}/world.json`;
  writeFileSync(path, JSON.stringify(world));
  return path;
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function makeId(kind: number, index: number): string {
  return `0190c0de-000${kind}-7000-8000-${index.toString(16).padStart(12, '0')}`;
}
