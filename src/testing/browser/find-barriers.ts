import { source as AXE } from 'axe-core';
import type { Page } from 'playwright-core';

/** Of WCAG 2.2, A and AA, and what its makers call good practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Off unless asked for: targets of 24 px, and the contrast of level AAA. */
const EXTRA = ['target-size', 'color-contrast-enhanced'];
/** What the colour scheme can change. */
const CONTRAST = ['color-contrast', 'color-contrast-enhanced', 'link-in-text-block'];

/** Gives a page the checker before anything else; a page that is there already would refuse it, by its CSP. */
export { AXE };

interface Violation {
  id: string;
  nodes: { target: unknown[]; html: string; failureSummary?: string }[];
}
interface AxeOptions {
  runOnly: { type: 'tag' | 'rule'; values: string[] };
  rules: Record<string, { enabled: boolean }>;
  resultTypes: ['violations'];
}

/**
 * What keeps somebody from using the open page, in both colour schemes: one line for each rule and element. The page must
 * have been opened with `AXE` as its first script.
 */
export async function findBarriers(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const light = await runAxe(page, { type: 'tag', values: TAGS }, EXTRA);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  const dark = await runAxe(page, { type: 'rule', values: CONTRAST }, []);
  return [...light.map((line) => `light: ${line}`), ...dark.map((line) => `dark: ${line}`)];
}

async function runAxe(page: Page, runOnly: AxeOptions['runOnly'], extra: string[]): Promise<string[]> {
  const rules = Object.fromEntries(extra.map((rule) => [rule, { enabled: true }]));
  const violations = await page.evaluate(
    async (options) => {
      const { axe } = globalThis as unknown as {
        axe: { run(options: AxeOptions): Promise<{ violations: Violation[] }> };
      };
      return (await axe.run(options)).violations;
    },
    { runOnly, rules, resultTypes: ['violations'] } as AxeOptions,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 120)}: ${failureSummary?.split('\n').slice(1).join(' ')}`),
  );
}
