import { isIP } from 'node:net';
import type { Provider } from '../platform/jobs.ts';

/** Where an allowed endpoint belongs. `isTrusted`: the operator named this very origin, so it may point anywhere. */
export interface Destination {
  provider: Provider;
  endpoint: URL;
  origin: string;
  isTrusted: boolean;
}

export interface AllowList {
  /** Where this endpoint belongs, or null when nothing may be sent there. */
  find(endpoint: string): Destination | null;
}

/** Hosts of the browsers' own push services; `*.` stands for one or more labels. */
const HOSTS: readonly (readonly [pattern: string, provider: Provider])[] = [
  ['fcm.googleapis.com', 'fcm'],
  ['jmt17.google.com', 'fcm'],
  ['updates.push.services.mozilla.com', 'mozilla'],
  ['*.push.apple.com', 'apple'],
  ['*.notify.windows.com', 'windows'],
];

/**
 * The only addresses that alerts are sent to: an endpoint is whatever a client says it is, so anything else would let a
 * stranger make us call their target. `extras` are configured: `host` and `*.host` widen the list under the same rules
 * (https on 443, no credentials, no bare address); a whole origin is exempt from those rules.
 */
export function createAllowList(extras: readonly string[]): AllowList {
  const origins = new Set(extras.filter((extra) => extra.includes('://')));
  const hosts = [...HOSTS, ...extras.filter((extra) => !extra.includes('://')).map((host) => [host, 'other'] as const)];
  return {
    find(endpoint) {
      if (!URL.canParse(endpoint)) return null;
      const url = new URL(endpoint);
      if (url.username || url.password) return null;
      if (origins.has(url.origin)) return { provider: 'other', endpoint: url, origin: url.origin, isTrusted: true };
      // `port` is empty exactly when it is the scheme's own. `hostname` is canonical: lower case, punycode, IPv4 in four parts.
      if (url.protocol !== 'https:' || url.port !== '' || isAddress(url.hostname)) return null;
      const provider = hosts.find(([pattern]) => matches(url.hostname, pattern))?.[1];
      return provider ? { provider, endpoint: url, origin: url.origin, isTrusted: false } : null;
    },
  };
}

function isAddress(hostname: string): boolean {
  return hostname.startsWith('[') || isIP(hostname) !== 0;
}

function matches(hostname: string, pattern: string): boolean {
  return pattern.startsWith('*.')
    ? hostname.endsWith(pattern.slice(1)) && hostname.length >= pattern.length
    : hostname === pattern;
}
