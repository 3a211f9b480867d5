import { afterEach, beforeEach } from 'vitest';
import { answerAsset, answerNavigation, answerNewer } from '../app/service-worker/answer-fetch.ts';
import { makeCaches, ORIGIN } from './phone-caches.ts';

/** What the network gives, by path; a path that is not there cannot be had. */
type Network = Map<string, () => Response | Promise<Response>>;

/** A phone's caches and its network, empty for each test, and what its service worker answers to a browser that asks. */
export interface PhoneNetwork {
  readonly caches: ReturnType<typeof makeCaches>;
  readonly network: Network;
  open(path: string): Promise<Response>;
  /** Opens a page, and reads it. */
  look(path: string): Promise<string>;
  /** Opens a page, and waits also for what the worker does after its answer. */
  visit(path: string): Promise<Response>;
  /** Loads a part of a page, and waits as well. */
  load(path: string): Promise<string>;
  /** Asks, as a page that is a copy, for what has come after it. */
  askNewer(path: string): Promise<string>;
  /** A page that the network has not given yet. @returns gives it */
  delay(path: string): (response: Response) => void;
  /** Waits for what the worker does after all its answers. */
  settle(): Promise<unknown>;
}

/** Makes them before each test of this file, and puts the real `fetch` back after it. */
export function usePhoneNetwork(): PhoneNetwork {
  const realFetch = globalThis.fetch;
  const network: Network = new Map();
  let caches: ReturnType<typeof makeCaches>;
  let afterwards: Promise<unknown>[];
  const settle = (works = afterwards) => Promise.all(works);
  const open = (path: string, works = afterwards) =>
    answerNavigation(caches.store, new Request(ORIGIN + path), (work) => void works.push(work));
  beforeEach(() => {
    network.clear();
    caches = makeCaches();
    afterwards = [];
    globalThis.fetch = async (request) => {
      const { pathname } = new URL(request instanceof Request ? request.url : String(request), ORIGIN);
      const answer = network.get(pathname);
      if (!answer) throw new TypeError('no network');
      return answer();
    };
  });
  afterEach(() => {
    globalThis.fetch = realFetch;
  });
  return {
    get caches() {
      return caches;
    },
    network,
    open: (path) => open(path),
    look: async (path) => (await open(path)).text(),
    async visit(path) {
      const works: Promise<unknown>[] = [];
      const response = await open(path, works);
      await settle(works);
      return response;
    },
    async load(path) {
      const works: Promise<unknown>[] = [];
      const response = await answerAsset(caches.store, new Request(ORIGIN + path), (work) => void works.push(work));
      await settle(works);
      return response.text();
    },
    async askNewer(path) {
      const newer = await answerNewer(caches.store, new Request(ORIGIN + path), (work) => void afterwards.push(work));
      return newer.text();
    },
    delay(path) {
      let give: (response: Response) => void = () => undefined;
      const promise = new Promise<Response>((resolve) => {
        give = resolve;
      });
      network.set(path, () => promise);
      return (response) => give(response);
    },
    settle: () => settle(),
  };
}
