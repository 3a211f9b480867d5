import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readAssets } from '../../app/assets.ts';
import { waitFor } from '../wait-for.ts';
import { openPhone, untilActivated } from './open-browser.ts';
import { useBrowser, useRunning } from './use-browser.ts';
import { makeCircle, start, tap } from './walk.ts';

const ROOT = join(import.meta.dirname, '../../..');

let installed: string;

beforeAll(async () => {
  installed = await mkdtemp(join(tmpdir(), 'buji-installed-'));
  for (const part of ['dist', 'package.json']) await cp(join(ROOT, part), join(installed, part), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(installed, 'node_modules'));
});
afterAll(() => rm(installed, { recursive: true, force: true }));
const service = useRunning(() => ({ topology: 'one', server: join(installed, 'dist/server/main.js') }));
const browser = useBrowser();

/** Puts another release in the place of this one, as a build over it does, and starts it on the same address. */
async function release(): Promise<{ former: string; script: string }> {
  const app = join(installed, 'dist/app');
  const former = readAssets(app).script;
  const script = former.replace('app-', 'app-next-');
  await writeFile(join(app, script), `${await readFile(join(app, former), 'utf8')}\n// next`);
  const manifest = join(app, '.vite/manifest.json');
  await writeFile(manifest, (await readFile(manifest, 'utf8')).replaceAll(former.slice(1), script.slice(1)));
  await writeFile(join(app, 'sw.js'), `${await readFile(join(app, 'sw.js'), 'utf8')}\n// next`);
  // The packed ones are still those of the former release.
  for (const packed of ['sw.js.gz', 'sw.js.br']) await rm(join(app, packed), { force: true });
  const [web] = service.processes;
  await web?.kill();
  await web?.restart();
  return { former, script };
}

it('a new version interrupts nobody: what is being written stays, and the next page is the new one', async () => {
  const { page } = await openPhone(browser, service.origin);
  await start(page, 'Mum');
  await makeCircle(page, 'Family');
  await untilActivated(page);
  await page.goto('/');
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  await page.click('summary');
  await page.fill('[name=place]', 'Aoba school');
  await page.fill('[name=note]', 'third floor');
  await page.evaluate(() => document.body.setAttribute('data-not-reloaded', ''));

  const { former, script } = await release();
  // Nobody asks for it but the page itself, when it is looked at again.
  await page.evaluate(async () => {
    const changed = new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
    document.dispatchEvent(new Event('visibilitychange'));
    await changed;
  });
  expect(await page.locator('body[data-not-reloaded]').count()).toBe(1);
  expect(await page.inputValue('[name=place]')).toBe('Aoba school');
  expect(await page.inputValue('[name=note]')).toBe('third floor');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('note');

  // What the open page is made of is there for as long as somebody looks at it; and the page still works.
  expect((await fetch(service.origin + former)).status).toBe(200);
  expect(await page.evaluate(async (path) => (await fetch(path)).ok, former)).toBe(true);
  await tap(page, 'help');
  await page.locator('#outbox [data-state=sent]').waitFor();
  expect(await page.locator('body[data-not-reloaded]').count()).toBe(1);

  await waitFor(async () => {
    await page.goto('/');
    return page.locator(`script[src="${script}"]`).count();
  });
});

it('a new service worker is asked for whenever a page is opened', async () => {
  const { phone, page } = await openPhone(browser, service.origin);
  await page.goto('/');
  await untilActivated(page);
  await page.goto('/help');
  await release();
  const newer = phone.waitForEvent('serviceworker');
  await page.goto('/help');
  await newer;
});
