import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import webPush from 'web-push';
import { loadVapid } from './vapid-keys.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), 'buji-vapid-')), 'data');
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const load = (publicUrl: string | null = null) => loadVapid({ configured: null, dataDir, publicUrl });

describe('loadVapid', () => {
  it('makes keys once, readable by the owner only, and keeps them', async () => {
    const first = await load();
    expect(await load()).toEqual(first);
    expect((await stat(join(dataDir, 'vapid.json'))).mode & 0o777).toBe(0o600);
    expect(await readdir(dataDir)).toEqual(['vapid.json']);
  });

  it('gives the same keys to ten that start at once', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => load()));
    expect(new Set(all.map(({ publicKey }) => publicKey)).size).toBe(1);
    expect(await readdir(dataDir)).toEqual(['vapid.json']);
  });

  it('names the service itself as contact when it is on https', async () => {
    expect((await load('https://buji.example')).subject).toBe('https://buji.example');
    expect((await load('http://192.168.1.5:3000')).subject).toMatch(/^mailto:/);
  });

  it('prefers configured keys, which must be a pair', async () => {
    const configured = { ...webPush.generateVAPIDKeys(), subject: 'mailto:op@buji.example' };
    expect(await loadVapid({ configured, dataDir, publicUrl: null })).toEqual(configured);
    const mixed = { ...configured, publicKey: webPush.generateVAPIDKeys().publicKey };
    await expect(loadVapid({ configured: mixed, dataDir, publicUrl: null })).rejects.toThrow('VAPID_PUBLIC_KEY');
  });

  it.each(['', '{', '{}', '{"publicKey":"x","privateKey":"y"}'])(
    'stops at a broken file (%j) instead of losing every subscription',
    async (text) => {
      await load();
      await writeFile(join(dataDir, 'vapid.json'), text);
      await expect(load()).rejects.toThrow('vapid.json');
    },
  );
});
