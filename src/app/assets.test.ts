import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAssets } from './assets.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'buji-assets-'));
  mkdirSync(join(directory, '.vite'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function writeManifest(manifest: unknown) {
  writeFileSync(join(directory, '.vite/manifest.json'), JSON.stringify(manifest));
}

describe('readAssets', () => {
  it('gives the hashed paths of the script and its style sheet', () => {
    writeManifest({ 'src/app/browser/main.ts': { file: 'assets/app-1.js', css: ['assets/app-2.css'] } });
    expect(readAssets(directory)).toEqual({ directory, script: '/assets/app-1.js', style: '/assets/app-2.css' });
  });

  it('says what to type where the build is not whole', () => {
    writeManifest({ 'src/app/browser/main.ts': { file: 'assets/app-1.js' } });
    expect(() => readAssets(directory)).toThrow('npm run build');
  });
});
