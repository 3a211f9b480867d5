import { RATES, type RateName } from './contract/limits.ts';

const ROLES = ['web', 'live', 'worker'] as const;
export type Role = (typeof ROLES)[number];
export type Rates = Record<RateName, { points: number; seconds: number }>;

/** The whole configuration, read once at the start; every part of the program receives only its section. */
export interface Config {
  host: string;
  port: number;
  /** Origin that phones use, without a trailing slash; null: taken from each request's `Host`. */
  publicUrl: string | null;
  trustProxy: boolean | string[];
  roles: ReadonlySet<Role>;
  redis: { url: string | null; keyPrefix: string; maxMemoryBytes: number };
  dataDir: string;
  queueShards: number;
  vapid: { publicKey: string; privateKey: string; subject: string } | null;
  pushAllowedHosts: string[];
  operatorToken: string | null;
  registration: 'open' | 'invite';
  statusTtlSeconds: number;
  logLevel: string;
  rates: Rates;
}

/** A variable whose value cannot be used: names the variable and says what was expected. */
export class ConfigError extends Error {
  constructor(name: string, expected: string, got: string) {
    super(`${name} must be ${expected}, not "${got}"`);
    this.name = 'ConfigError';
  }
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
const SECONDS_PER_DAY = 86_400;

/**
 * Reads and checks the environment (the README's table names every variable with default and unit).
 * @throws ConfigError at the first value that cannot be used
 */
export function readConfig(env: Record<string, string | undefined>): Readonly<Config> {
  const text = (name: string) => env[name]?.trim() || null;
  const port = readInteger('PORT', text('PORT') ?? '3000', 0, 65_535);
  return Object.freeze({
    host: text('HOST') ?? '0.0.0.0',
    port,
    publicUrl: readOrigin('PUBLIC_URL', text('PUBLIC_URL')),
    trustProxy: readTrustProxy(text('TRUST_PROXY')),
    roles: readRoles(text('ROLES')),
    redis: {
      url: readRedisUrl(text('REDIS_URL')),
      keyPrefix: readPattern(
        'KEY_PREFIX',
        text('KEY_PREFIX') ?? 'buji:',
        /^[a-z0-9:_-]{1,40}$/,
        'lower-case letters, digits, ":", "_" or "-"',
      ),
      maxMemoryBytes: readInteger('REDIS_MAX_MEMORY_MB', text('REDIS_MAX_MEMORY_MB') ?? '1024', 64, 1_048_576) * 1024 * 1024,
    },
    dataDir: text('DATA_DIR') ?? '.data',
    queueShards: readInteger('QUEUE_SHARDS', text('QUEUE_SHARDS') ?? '1', 1, 64),
    vapid: readVapid(text('VAPID_PUBLIC_KEY'), text('VAPID_PRIVATE_KEY'), text('VAPID_SUBJECT')),
    pushAllowedHosts: (text('PUSH_ALLOWED_HOSTS') ?? '').split(',').flatMap((host) => readPushHost(host.trim())),
    operatorToken: readPattern('OPERATOR_TOKEN', text('OPERATOR_TOKEN'), /^\S{16,}$/, 'at least 16 characters without spaces'),
    registration: readChoice('REGISTRATION', text('REGISTRATION') ?? 'open', ['open', 'invite'] as const),
    statusTtlSeconds: readInteger('STATUS_TTL_DAYS', text('STATUS_TTL_DAYS') ?? '30', 7, 3_650) * SECONDS_PER_DAY,
    logLevel: readChoice('LOG_LEVEL', text('LOG_LEVEL') ?? 'info', LOG_LEVELS),
    rates: readRates(text),
  });
}

function readInteger(name: string, value: string, min: number, max: number): number {
  if (!/^\d+$/.test(value) || Number(value) < min || Number(value) > max) {
    throw new ConfigError(name, `a whole number from ${min} to ${max}`, value);
  }
  return Number(value);
}

function readChoice<T extends string>(name: string, value: string, choices: readonly T[]): T {
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw new ConfigError(name, `one of ${choices.join(', ')}`, value);
  return choice;
}

function readPattern<T extends string | null>(name: string, value: T, pattern: RegExp, expected: string): T {
  if (value !== null && !pattern.test(value)) throw new ConfigError(name, expected, name.includes('TOKEN') ? '…' : value);
  return value;
}

function readOrigin(name: string, value: string | null): string | null {
  if (value === null) return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash || url.username) {
    throw new ConfigError(name, 'an origin such as https://buji.example', value);
  }
  return url.origin;
}

function readTrustProxy(value: string | null): boolean | string[] {
  if (value === null || value === 'false') return false;
  if (value === 'true') return true;
  const addresses = value.split(',').map((address) => address.trim());
  if (addresses.some((address) => !/^[0-9a-fA-F.:]+(\/\d+)?$|^(loopback|linklocal|uniquelocal)$/.test(address))) {
    throw new ConfigError('TRUST_PROXY', '"true", "false" or addresses such as 10.0.0.0/8,loopback', value);
  }
  return addresses;
}

function readRoles(value: string | null): ReadonlySet<Role> {
  const roles = (value ?? ROLES.join(',')).split(',').map((role) => readChoice('ROLES', role.trim(), ROLES));
  return new Set(roles);
}

function readRedisUrl(value: string | null): string | null {
  if (value === null || /^(rediss?|unix):\/\/\S+$/.test(value)) return value;
  throw new ConfigError('REDIS_URL', 'redis://…, rediss://… or unix:///path', value.replace(/\/\/.*@/, '//…@'));
}

function readVapid(publicKey: string | null, privateKey: string | null, subject: string | null): Config['vapid'] {
  if (!publicKey && !privateKey) return null;
  if (!publicKey || !/^[A-Za-z0-9_-]{87}$/.test(publicKey)) {
    throw new ConfigError('VAPID_PUBLIC_KEY', 'an uncompressed P-256 point in base64url (87 characters)', publicKey ?? '');
  }
  if (!privateKey || !/^[A-Za-z0-9_-]{43}$/.test(privateKey)) {
    throw new ConfigError('VAPID_PRIVATE_KEY', 'a P-256 private key in base64url (43 characters)', privateKey ? '…' : '');
  }
  if (!subject || !/^(mailto:\S+@\S+|https:\/\/\S+)$/.test(subject)) {
    throw new ConfigError('VAPID_SUBJECT', 'mailto:… or https://… of the operator (RFC 8292, section 2.1)', subject ?? '');
  }
  return { publicKey, privateKey, subject };
}

/** A host name, or a full origin: the latter is the operator's word that this very address may be reached, wherever it points. */
function readPushHost(value: string): string[] {
  if (value === '') return [];
  const isOrigin = /^https?:\/\//.test(value) && URL.canParse(value) && new URL(value).origin === value;
  if (!isOrigin && !/^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(value)) {
    throw new ConfigError('PUSH_ALLOWED_HOSTS', 'host names, *.host names or origins, separated by commas', value);
  }
  return [value];
}

/** `LIMITS_<NAME>=points/seconds` sets one rate, `LIMITS_SCALE` multiplies all that are not set. */
function readRates(text: (name: string) => string | null): Rates {
  const scale = readInteger('LIMITS_SCALE', text('LIMITS_SCALE') ?? '1', 1, 1_000_000);
  const entries = Object.entries(RATES).map(([name, [points, seconds]]) => {
    const variable = `LIMITS_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
    const value = text(variable);
    if (value === null) return [name, { points: points * scale, seconds }];
    const match = /^([1-9]\d{0,8})\/([1-9]\d{0,5})$/.exec(value);
    if (!match) throw new ConfigError(variable, 'points/seconds, such as 60/600', value);
    return [name, { points: Number(match[1]), seconds: Number(match[2]) }];
  });
  return Object.fromEntries(entries) as Rates;
}
