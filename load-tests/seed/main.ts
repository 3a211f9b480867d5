/**
 * `npm run seed -- [--people 200000] …` draws a world like the load tests' and has `src/operator/fill-store.ts` store it: directly,
 * not through the API, for 200,000 people would sign up for an hour.
 */
import { parseArgs } from 'node:util';
import { countContacts, drawWorld } from '../lib/world.ts';
import { fillStore } from './fill-store.ts';

const USAGE = `npm run seed -- [--people 2000] [--seed 311] [--statuses] [--credentials file] [--i-own-this-store]

Fills the Redis of the service that has this environment (REDIS_URL, or the private one in DATA_DIR, which is started where
no service runs) with people and circles as the load tests draw them. The service may run.
  --people            how many
  --seed              the same number draws the same world
  --statuses          everybody posts an OK; nobody is alerted of it
  --credentials       writes ids, tokens and circles of everybody to this file, for you alone: it signs in as each of them
  --i-own-this-store  needed where the Redis is on another machine, or holds people or anything else already`;

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '311' },
    statuses: { type: 'boolean', default: false },
    credentials: { type: 'string' },
    'i-own-this-store': { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

async function main(): Promise<number> {
  const people = Number(values.people);
  if (values.help || !(Number.isInteger(people) && people > 0)) {
    console.log(USAGE);
    return values.help ? 0 : 1;
  }
  const world = drawWorld({ people, seed: Number(values.seed) });
  const contacts = countContacts(world);
  const mean = contacts.reduce((sum, one) => sum + one, 0) / contacts.length;
  console.log(`buji: drew ${people} people with ${mean.toFixed(1)} contacts on average, in ${world.circles.length} circles`);
  const flags = [
    ...(values.statuses ? ['--statuses'] : []),
    ...(values.credentials ? ['--credentials', values.credentials] : []),
    ...(values['i-own-this-store'] ? ['--i-own-this-store'] : []),
  ];
  return fillStore(world, flags, process.env);
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(`buji: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  },
);
