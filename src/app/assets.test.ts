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
  it('gives the hashed path of the script, and the style sheet with its hash', () => {
    mkdirSync(join(directory, 'assets'));
    writeFileSync(join(directory, 'assets/app-2.css'), 'p{margin:0}\n');
    writeManifest({ 'src/app/browser/main.ts': { file: 'assets/app-1.js', css: ['assets/app-2.css'] } });
    expect(readAssets(directory)).toEqual({
      directory,
      script: '/assets/app-1.js',
      style: { text: 'p{margin:0}', source: "'sha256-QRQPRLGyxt3RJiKpYNjpkgHcmHU2PywsfL2e8oI0LQA='" },
    });
  });

  it('says what to type where the build is not whole', () => {
    writeManifest({ 'src/app/browser/main.ts': { file: 'assets/app-1.js' } });
    expect(() => readAssets(directory)).toThrow('npm run build');
  });
});
