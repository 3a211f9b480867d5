import type { Percentiles } from '../instruments/histogram.ts';
import type { Results } from '../verdict/results.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { escapeHtml } from './chart.ts';
import { drawCharts } from './charts.ts';
import { describeGenerator, examplesOf, format, overtakenNote } from './text.ts';

const STYLE = `
:root { color-scheme: light dark; --ink: #1d2733; --soft: #5b6773; --line: #d9dee4; --paper: #fff; --band: #f5f7f9;
  --good: #1b7f4b; --bad: #c0312b; --c1: #1769aa; --c2: #d9730d; --c3: #8a3fa0; --c4: #9aa5b1; --c5: #0d8a80; --c6: #6b7480; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf2; --soft: #9aa7b4; --line: #333d48; --paper: #14191f; --band: #1a2129;
  --good: #53c58b; --bad: #ff7b72; --c1: #62b0f0; --c2: #f0a35a; --c3: #c68be0; --c4: #6b7884; --c5: #4cc9bd; --c6: #8b96a2; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 960px; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; } p { margin: .3rem 0; color: var(--soft); }
.outcome { display: inline-block; padding: .1rem .7rem; border-radius: 1rem; color: var(--paper); font-weight: 600; background: var(--bad); }
.outcome.passed { background: var(--good); } .outcome.no-verdict { background: var(--soft); } .why { color: var(--ink); font-weight: 600; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; } td, th { padding: .25rem .5rem; border-bottom: 1px solid var(--line); text-align: right; }
th { font-weight: 600; color: var(--soft); } td:first-child, th:first-child { text-align: left; } .bad td { color: var(--bad); font-weight: 600; }
figure { margin: 1.5rem 0; } figcaption { font-weight: 600; } figcaption span { color: var(--soft); font-weight: 400; } svg { width: 100%; height: auto; }
figure ul { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: 0; padding: 0 0 0 3.6rem; font-size: .85rem; }
figure li::before { content: ""; display: inline-block; width: 1.2em; height: .2em; margin-right: .4em; vertical-align: middle; background: currentColor; }
.line { fill: none; stroke: currentColor; stroke-width: 1.6; } .dashed { stroke-dasharray: 5 4; } .grid { stroke: var(--line); } .tick, .phase { fill: var(--soft); font-size: 11px; }
.band0 { fill: var(--band); } .band1 { fill: none; } line.mark, line.limit { stroke: var(--bad); stroke-dasharray: 3 3; } text.mark { fill: var(--bad); font-size: 11px; } li.limit { color: var(--bad); }
.c1 { color: var(--c1); } .c2 { color: var(--c2); } .c3 { color: var(--c3); } .c4 { color: var(--c4); } .c5 { color: var(--c5); } .c6 { color: var(--c6); }
pre { white-space: pre-wrap; font-size: .8rem; }`;

/** For whoever reads the table and was not there. */
const WORDS = `Lost: what was acknowledged and did not arrive. p99: 99 in 100 took no longer. Accept: from a request to its answer 202.
Delivery: from when a post was meant to be sent to its arrival on a socket. Help: the same for calls for help. Drain: from the end of
the peak to the last delivery of what was posted until then. k6 sends the posts; what it dropped it could not send in time, for
too many of its earlier posts were still waiting for their answers.`;

/** Nothing delivered is no delivery in no time. */
function ifAny(percentiles: Percentiles, key: 'p50' | 'p99'): number | null {
  return percentiles.count === 0 ? null : percentiles[key];
}

/** The verdict in one sentence. */
function explain({ outcome, findings }: Verdict): string {
  const missed = findings.filter(({ isMet }) => !isMet).map(({ what }) => what);
  if (outcome === 'passed') return 'Everything that was acknowledged arrived, once, and in time.';
  if (outcome === 'no verdict') return 'Nothing can be said about the service: the reason is below.';
  const promises = findings.some(({ isMet, isPromise }) => !isMet && isPromise);
  return `${promises ? 'A promise was broken' : 'Nothing was lost, but a limit was passed'}. Not met: ${missed.join('; ')}.`;
}

/** The report as one page for somebody who was not there: the verdict first, then the phases, then the pictures. Nothing is fetched. */
export function writePage(results: Results, verdict: Verdict): string {
  const { world, profile, k6, push } = results;
  const peak = Math.max(...profile.stages.map(({ rate }) => rate));
  const examples = examplesOf(results);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Buji load test: ${escapeHtml(results.name)}</title><style>${STYLE}</style></head><body>
<h1>${escapeHtml(results.name)} <span class="outcome ${verdict.outcome.replace(' ', '-')}">${verdict.outcome}</span></h1>
<p>${escapeHtml(results.startedAt.slice(0, 16).replace('T', ' '))} UTC${results.given.length > 0 ? ` · <code>${escapeHtml(results.given.join(' '))}</code>` : ''}</p>
<p>${world.people} people in ${world.circles} circles (${format(world.meanContacts)} contacts on average, ${world.largestContacts} at most), ${world.sockets} of them looking at a live board, ${world.away} away.
From ${format(profile.startRate)} posts a second to ${format(peak)}: ${k6.acknowledged} posts were acknowledged,${results.all ? ` and ${results.all.each.count} deliveries counted at sockets` : ' and nobody held a socket'}.${push ? ` ${push.pushes} alerts went to ${push.phones} phones, at most ${push.mostPerPhone} to one.` : ''}</p>
<p class="why">${escapeHtml(explain(verdict))}</p>
${[...verdict.notes, ...overtakenNote(results)].map((note) => `<p>${escapeHtml(note)}</p>`).join('')}
<h2>Verdict</h2>
<table><tr><th>what</th><th>measured</th><th>at most</th></tr>${verdict.findings
    .map(
      ({ what, got, limit, unit, isMet }) =>
        `<tr${isMet ? '' : ' class="bad"'}><td>${isMet ? '✓' : '✗'} ${escapeHtml(what)}</td><td>${format(got)} ${unit}</td><td>${format(limit)} ${unit}</td></tr>`,
    )
    .join('')}</table>
<p>${escapeHtml(WORDS)}</p>
<p>Who measured: ${escapeHtml(describeGenerator(results))}.</p>
${examples.length > 0 ? `<pre>${escapeHtml(examples.join('\n'))}</pre>` : ''}
<h2>Phases</h2>
<table><tr><th>phase</th><th>seconds</th><th>accept p99</th><th>delivery p50</th><th>p99</th><th>last of circle p99</th><th>help p99</th><th>deliveries/s</th></tr>${results.phases
    .map((phase) => {
      const seconds = (phase.to - phase.from) / 1_000;
      const cells = [
        seconds,
        phase.acceptP99Ms,
        ifAny(phase.each, 'p50'),
        ifAny(phase.each, 'p99'),
        ifAny(phase.last, 'p99'),
        ifAny(phase.help, 'p99'),
        phase.deliveries / seconds,
      ];
      return `<tr><td>${escapeHtml(phase.name)}</td>${cells.map((cell) => `<td>${format(cell)}</td>`).join('')}</tr>`;
    })
    .join('')}</table>
<p>Latencies in milliseconds; those of deliveries count from the time at which a post was meant to be sent.</p>
${drawCharts(results).join('\n')}
<p>k6's own report of the requests it sent is <a href="k6.html">k6.html</a>; all figures are in <a href="report.json">report.json</a>.</p>
</body></html>
`;
}
