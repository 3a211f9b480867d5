import { readFileSync, rmSync } from 'node:fs';
import { CIRCLE_MEMBERS_MAX } from '../../../src/contract/limits.ts';
import { type Credentials, fillStore } from '../../seed/fill-store.ts';
import { layOut, type Shape, type World } from '../lib/world.ts';

/**
 * Makes a world of that shape in Buji's Redis, by the program behind `npm run seed`: it goes through Buji's own stores, so the
 * bench measures whatever is stored in truth. `dir` holds the credentials for a moment.
 */
export async function makeBujiWorld(redisUrl: string, dir: string, shape: Shape): Promise<World> {
  const { personCircles, circleMembers } = layOut(shape);
  const kind = shape.members > CIRCLE_MEMBERS_MAX ? 'official' : 'friends';
  const layout = {
    people: personCircles.map(() => ({ nickname: 'さくら' })),
    circles: circleMembers.map((members) => ({ kind, name: '登山サークル', members }) as const),
  };
  const path = `${dir}/credentials.json`;
  const env = { ...process.env, REDIS_URL: redisUrl, DATA_DIR: dir };
  if ((await fillStore(layout, ['--credentials', path], env)) !== 0) throw new Error('the world could not be stored');
  const made = JSON.parse(readFileSync(path, 'utf8')) as Credentials;
  rmSync(path);
  return {
    people: made.people.map(({ id, token }, index) => ({ id, token, circles: personCircles[index] ?? [] })),
    circles: made.circles.map((id, index) => ({ id, members: circleMembers[index] ?? [] })),
  };
}
