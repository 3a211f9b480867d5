/// <reference types="k6" />

/** What a run is told by `k6 run -e NAME=value`; `load-tests/README.md` has the same table. */
export interface Settings {
  /** Origin of the running service, without a trailing slash. */
  baseUrl: string;
  /** The same of its sockets, where another process has them. */
  liveUrl: string;
  /** Seconds of posting; making the world and waiting for the last frame come on top. */
  durationSeconds: number;
  /** Statuses a second, all worlds together, without retries. */
  rate: number;
  /** Worlds: each is one family circle, and a circle of friends of half its members, in one virtual user. */
  circles: number;
  members: number;
}

/** Small enough for a laptop and CI beside the service itself, large enough that several statuses share a commit. */
export function readSettings(): Settings {
  const baseUrl = __ENV['BASE_URL'] ?? 'http://127.0.0.1:3000';
  return {
    baseUrl: withoutSlash(baseUrl),
    liveUrl: withoutSlash(__ENV['LIVE_URL'] ?? baseUrl),
    durationSeconds: readSeconds('DURATION', '20s'),
    rate: readNumber('RATE', 20),
    circles: readNumber('CIRCLES', 4),
    members: readNumber('MEMBERS', 8),
  };
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, '');
}

/** "20s", "2m" or plain seconds. */
function readSeconds(name: string, standard: string): number {
  const match = /^(\d+)(s|m)?$/.exec(__ENV[name] ?? standard);
  if (!match) throw new Error(`${name} must be seconds or minutes, such as 20s or 2m`);
  return Number(match[1]) * (match[2] === 'm' ? 60 : 1);
}

function readNumber(name: string, standard: number): number {
  const value = Number(__ENV[name] ?? standard);
  if (!(value > 0)) throw new Error(`${name} must be a number above 0`);
  return value;
}
