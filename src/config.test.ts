import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

describe('readConfig', () => {
  it('has a default for everything', () => {
    const config = readConfig({});
    expect(config.port).toBe(3000);
    expect([...config.roles]).toEqual(['web', 'live', 'worker']);
    expect(config.redis.url).toBeNull();
    expect(config.rates.status).toEqual({ points: 60, seconds: 600 });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', '3000x'],
    ['PUBLIC_URL', 'https://buji.example/path'],
    ['PUBLIC_URL', 'buji.example'],
    ['TRUST_PROXY', 'maybe'],
    ['ROLES', 'web,gateway'],
    ['REDIS_URL', 'http://localhost'],
    ['QUEUE_SHARDS', '0'],
    ['VAPID_PUBLIC_KEY', 'short'],
    ['PUSH_ALLOWED_HOSTS', 'localhost/path'],
    ['OPERATOR_TOKEN', 'short'],
    ['REGISTRATION', 'closed'],
    ['STATUS_TTL_DAYS', '3'],
    ['LOG_LEVEL', 'loud'],
    ['KEY_PREFIX', 'a{b}'],
    ['LIMITS_SCALE', '-1'],
    ['LIMITS_STATUS', 'many'],
    ['REDIS_MAX_MEMORY_MB', '1'],
  ])('stops at %s=%s and names it', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
    expect(() => readConfig({ [name]: value })).toThrow(name);
  });

  it('never repeats a secret in its message', () => {
    expect(() => readConfig({ VAPID_PUBLIC_KEY: 'A'.repeat(87), VAPID_PRIVATE_KEY: 'secret-key' })).not.toThrow('secret-key');
    expect(() => readConfig({ OPERATOR_TOKEN: 'secret' })).not.toThrow('secret');
  });

  it('reads nothing that the README does not name', () => {
    const asked = new Set<string>();
    readConfig(new Proxy({}, { get: (_, name) => void asked.add(String(name)) }));
    const readme = readFileSync(`${import.meta.dirname}/../README.md`, 'utf8');
    const table = readme.slice(readme.indexOf('## Configuration'), readme.indexOf('## Decisions'));
    const named = new Set([...table.matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, name]) => name));
    const isNamed = (name: string) => named.has(name) || named.has(name.replace(/^LIMITS_/, ''));
    expect(asked.size).toBeGreaterThan(30);
    expect([...asked].filter((name) => !isNamed(name))).toEqual([]);
  });

  it('scales every rate, and sets a single one', () => {
    const { rates } = readConfig({ LIMITS_SCALE: '10', LIMITS_CREATE_PERSON: '5/60' });
    expect(rates.status.points).toBe(600);
    expect(rates.createPerson).toEqual({ points: 5, seconds: 60 });
  });
});
