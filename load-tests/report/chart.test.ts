import { expect, it } from 'vitest';
import { drawChart, escapeHtml } from './chart.ts';

const series = (...ys: (number | null)[]) => [{ name: 'p99', colour: 1, points: ys.map((y, x) => ({ x, y })) }];
const chart = { title: 'Delivery', unit: 'ms', from: 0, to: 3 };

it('leaves a hole where there is no figure', () => {
  const path = /<path [^>]*d="([^"]*)"/.exec(drawChart({ ...chart, series: series(1, 2, null, 3) }))?.[1] ?? '';
  expect(path.match(/M/g)).toHaveLength(2);
  expect(path.match(/L/g)).toHaveLength(1);
});

it('has room for the limit, however small the figures are, on either scale', () => {
  for (const isLog of [false, true]) {
    const drawn = drawChart({ ...chart, isLog, limit: 1_000, series: series(1, 2) });
    const y = Number(/class="limit" [^>]*y1="([\d.-]+)"/.exec(drawn)?.[1]);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThan(250);
    expect(drawn).toContain('>1k</text>');
  }
});

it('holds nothing that a name could break out of', () => {
  expect(escapeHtml('<a href="x">&')).toBe('&lt;a href=&quot;x&quot;&gt;&amp;');
  expect(drawChart({ ...chart, title: '<b>', series: series(1) })).not.toContain('<b>');
});
