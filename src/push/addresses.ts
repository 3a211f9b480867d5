import { lookup as resolve } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** IPv4 that is not the public internet (IANA special-purpose registry, RFC 6890, and multicast). */
const IPV4_INSIDE: readonly (readonly [network: string, prefix: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // carrier-grade NAT
  ['127.0.0.0', 8],
  ['169.254.0.0', 16], // link-local; clouds answer with credentials here
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3], // multicast, reserved, broadcast
];

/** The same for IPv6; every form that carries an IPv4 address is inside too, except NAT64 with a public one in it. */
const IPV6_INSIDE: readonly (readonly [network: string, prefix: number])[] = [
  ['::', 96], // unspecified, loopback, IPv4-compatible
  ['::ffff:0:0', 96], // IPv4-mapped
  ['64:ff9b:1::', 48], // NAT64 for local use
  ['100::', 64],
  ['2001::', 23], // Teredo and other protocol assignments
  ['2001:db8::', 32],
  ['2002::', 16], // 6to4
  ['3fff::', 20],
  ['fc00::', 7], // unique local
  ['fe80::', 9], // link-local and the old site-local
  ['ff00::', 8],
];

// One list each: a BlockList takes an IPv4 address for its IPv4-mapped form as well, and all of those are inside.
const inside4 = new BlockList();
const inside6 = new BlockList();
for (const [network, prefix] of IPV4_INSIDE) {
  inside4.addSubnet(network, prefix, 'ipv4');
  inside6.addSubnet(`64:ff9b::${network}`, 96 + prefix, 'ipv6');
}
for (const [network, prefix] of IPV6_INSIDE) inside6.addSubnet(network, prefix, 'ipv6');

/** A name resolved to an address that no push service has: ours is the network that lies, so the subscription stays. */
export class InsideAddressError extends Error {
  constructor() {
    super('a push host resolved to an address that is not public');
    this.name = 'InsideAddressError';
  }
}

/** Whether an address is on the public internet. What is no address is not. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !inside4.check(address, 'ipv4');
  return family === 6 && !inside6.check(address.split('%')[0] ?? '', 'ipv6');
}

/**
 * Resolves like the system does, and refuses the name when any of its addresses points inside: a connection may try each of
 * them. The check and the connection use the same answer, so a second look-up cannot differ (DNS rebinding).
 */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    const first = addresses[0];
    if (!first || !addresses.every(({ address }) => isPublicAddress(address))) return callback(new InsideAddressError(), []);
    if (options.all) return callback(null, addresses);
    callback(null, first.address, first.family);
  });
};
