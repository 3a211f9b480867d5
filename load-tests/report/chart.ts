/** One line of a chart; `y` null leaves a hole. */
export interface Series {
  name: string;
  /** Which of the page's colours, from 1. */
  colour: number;
  points: readonly { x: number; y: number | null }[];
  isDashed?: boolean;
}

export interface Chart {
  title: string;
  /** What stands at the axis, such as "ms". */
  unit: string;
  series: readonly Series[];
  /** Seconds. */
  from: number;
  to: number;
  isLog?: boolean;
  /** A limit of the verdict. */
  limit?: number;
  /** Shaded stretches with a name: the phases. */
  bands?: readonly { name: string; from: number; to: number }[];
  /** Moments: faults, storms. */
  marks?: readonly { name: string; at: number }[];
}

const WIDTH = 920;
const HEIGHT = 250;
const [LEFT, RIGHT, TOP, BOTTOM] = [58, 12, 26, 26];
const TICKS = 4;

/** A line chart as inline SVG: no script, nothing fetched, readable in ten years and on paper. */
export function drawChart(chart: Chart): string {
  const { title, unit, series, from, to, isLog = false, limit, bands = [], marks = [] } = chart;
  const values = series.flatMap(({ points }) => points.flatMap(({ y }) => (y === null || !Number.isFinite(y) ? [] : [y])));
  const most = Math.max(limit ?? 0, ...values, isLog ? 10 : 1e-9);
  const scale = isLog ? logScale(Math.max(0.5, Math.min(...values, most / 10)), most) : linearScale(most);
  const x = (seconds: number) => LEFT + ((seconds - from) / Math.max(1e-9, to - from)) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => HEIGHT - BOTTOM - scale.share(value) * (HEIGHT - TOP - BOTTOM);

  const grid = scale.ticks.map(
    (tick) =>
      `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${fix(y(tick))}" y2="${fix(y(tick))}"/>` +
      `<text class="tick" x="${LEFT - 6}" y="${fix(y(tick) + 4)}" text-anchor="end">${formatTick(tick)}</text>`,
  );
  const shades = bands.map(
    (band, index) =>
      `<rect class="band${index % 2}" x="${fix(x(band.from))}" width="${fix(x(band.to) - x(band.from))}" y="${TOP}" height="${HEIGHT - TOP - BOTTOM}"/>` +
      `<text class="phase" x="${fix(x(band.from) + 4)}" y="${TOP - 8}">${escapeHtml(band.name)}</text>`,
  );
  const moments = marks.map(
    ({ name, at }) =>
      `<line class="mark" x1="${fix(x(at))}" x2="${fix(x(at))}" y1="${TOP}" y2="${HEIGHT - BOTTOM}"/>` +
      `<text class="mark" x="${fix(x(at) + 4)}" y="${TOP + 12}">${escapeHtml(name)}</text>`,
  );
  const lines = series.map(
    ({ points, colour, isDashed }) =>
      `<path class="line c${colour}${isDashed ? ' dashed' : ''}" d="${pathOf(points, x, y, scale.least)}"/>`,
  );
  const seconds = ticksBetween(from, to).map(
    (second) => `<text class="tick" x="${fix(x(second))}" y="${HEIGHT - 8}" text-anchor="middle">${second} s</text>`,
  );
  const line =
    limit === undefined
      ? ''
      : `<line class="limit" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${fix(y(limit))}" y2="${fix(y(limit))}"/>`;
  const legend = series.map(({ name, colour }) => `<li class="c${colour}">${escapeHtml(name)}</li>`);
  return `<figure><figcaption>${escapeHtml(title)} <span>${escapeHtml(unit)}</span></figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(title)}">${[...shades, ...grid, line, ...moments, ...lines, ...seconds].join('')}</svg>
<ul>${legend.join('')}${limit === undefined ? '' : '<li class="limit">limit</li>'}</ul></figure>`;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);
}

interface Scale {
  least: number;
  ticks: number[];
  share(value: number): number;
}

function linearScale(most: number): Scale {
  const rough = most / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const ticks = Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_, index) => index * step);
  const top = ticks.at(-1) ?? most;
  return { least: 0, ticks, share: (value) => value / top };
}

function logScale(least: number, most: number): Scale {
  const [low, high] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))];
  const ticks = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index));
  return { least: 10 ** low, ticks, share: (value) => (Math.log10(Math.max(value, 10 ** low)) - low) / Math.max(1, high - low) };
}

function pathOf(points: Series['points'], x: (value: number) => number, y: (value: number) => number, least: number): string {
  let isDrawing = false;
  const steps = points.map((point) => {
    if (point.y === null || !Number.isFinite(point.y)) {
      isDrawing = false;
      return '';
    }
    const step = `${isDrawing ? 'L' : 'M'}${fix(x(point.x))} ${fix(y(Math.max(least, point.y)))}`;
    isDrawing = true;
    return step;
  });
  return steps.join('');
}

function ticksBetween(from: number, to: number): number[] {
  const step = [1, 5, 10, 15, 30, 60, 300, 600, 1_800, 3_600].find((seconds) => (to - from) / seconds <= 12) ?? 7_200;
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, index) => first + index * step);
}

function formatTick(value: number): string {
  return value >= 1_000 ? `${Number((value / 1_000).toPrecision(3))}k` : String(Number(value.toPrecision(3)));
}

function fix(value: number): string {
  return value.toFixed(1);
}
