import { afterAll, beforeAll, expect } from 'vitest';
import type { Circle } from '../contract/circles.ts';
import type { CreatePerson } from '../contract/people.ts';
import { type Answer, type Client, createCircle, createClient, joinAll, send } from './client.ts';
import { readServedContract, type ServedContract } from './served-contract.ts';
import { type Service, type ServiceOptions, startService } from './service.ts';

/** A running service for the tests of one file. Every answer that its clients get is checked against `/openapi.json`. */
export interface Suite {
  readonly service: Service;
  readonly contract: ServedContract;
  /** A request of nobody in particular. */
  ask<Body = unknown>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<Body>>;
  person(nickname?: string, input?: Partial<CreatePerson>): Promise<Client>;
  people<Nicknames extends string[]>(...nicknames: Nicknames): Promise<{ [Index in keyof Nicknames]: Client }>;
  /** A circle of the first person, with the others in it. */
  circle(people: Client[], input?: { name?: string; kind?: Circle['kind'] }): Promise<Circle>;
  /** The same client, whose answers are checked. */
  checked(client: Client): Client;
}

/** More than `startService` gives itself, so that it is the one to say what went wrong. */
const START_LIMIT_MS = 90_000;

/**
 * Starts a service before the tests of this file and stops it after them. It fails them when the service logged an error: that
 * is a bug, whatever it answered.
 */
export function useService(options: ServiceOptions = {}): Suite {
  let service: Service | undefined;
  let contract: ServedContract | undefined;

  beforeAll(async () => {
    service = await startService(options);
    contract = await readServedContract(service.origin);
  }, START_LIMIT_MS);
  afterAll(async () => {
    await service?.stop();
    expect(listErrors(service)).toEqual([]);
  });

  const suite: Suite = {
    get service() {
      return started(service);
    },
    get contract() {
      return started(contract);
    },
    async ask<Body>(method: string, path: string, body?: unknown, headers?: Record<string, string>) {
      const answer = await send<Body>(suite.service.next('web'), method, path, body, headers);
      suite.contract.check(method, path, answer);
      return answer;
    },
    async person(nickname = 'Aki', input = {}) {
      return suite.checked(await createClient(suite.service, { nickname, ...input }));
    },
    people<Nicknames extends string[]>(...nicknames: Nicknames) {
      const people = Promise.all(nicknames.map((nickname) => suite.person(nickname)));
      return people as Promise<{ [Index in keyof Nicknames]: Client }>;
    },
    async circle([keeper, ...others], input) {
      const circle = await createCircle(started(keeper), input);
      if (others.length > 0) await joinAll(started(keeper), circle, others);
      return circle;
    },
    checked: (client) => ({
      ...client,
      async call<Body>(method: string, path: string, body?: unknown, headers?: Record<string, string>) {
        const answer = await client.call<Body>(method, path, body, headers);
        suite.contract.check(method, path, answer);
        return answer;
      },
    }),
  };
  return suite;
}

function started<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('not before the tests run');
  return value;
}

/** Log lines at level error and above, and what was written past the log. */
function listErrors(service: Service | undefined): string[] {
  return service?.processes.flatMap(({ warnings }) => warnings.filter((line) => !/"level":40/.test(line))) ?? [];
}
