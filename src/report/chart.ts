/** Requests over time as lines of text: what was offered, and what one row admitted of it. */
import { type PlotConfig, plot } from 'asciichart';
import type { AlgorithmResult, DeploymentFigures } from '../sim/result.ts';
import { formatCount, formatDuration } from '../units.ts';
import type { Paint } from './paint.ts';
import { safeText } from './safe-text.ts';
import { timeAxis } from './time-axis.ts';

type TimelineFigures = AlgorithmResult['timeline'];
type Fault = Pick<DeploymentFigures['faults'][number], 'fault' | 'at_us' | 'until_us'>;

export interface ChartSize {
  readonly width: number;
  /** Lines in all, with the axis and the legend; at least 5. */
  readonly height: number;
}

/* asciichart's signs: zero, axis, start, end, level, fall's end, rise's end, fall's start, rise's start, upright. */
type Symbols = NonNullable<PlotConfig['symbols']>;
const solid: Symbols = ['┼', '┤', '╶', '╴', '─', '╰', '╭', '╮', '╯', '│'];
const dotted: Symbols = ['┼', '┤', '╶', '╴', '╌', '╰', '╭', '╮', '╯', '┊'];
const linesAroundPlot = 3; // the lower edge of the plot, the time axis and the legend

/** The chart's lines: solid for admitted, dotted for offered; where they are the same, only the solid one is seen. */
export function timelineChart(
  timeline: TimelineFigures,
  { width, height }: ChartSize,
  paint: Paint,
  faults: readonly Fault[] = [],
): string[] {
  const { bucket_us, offered } = timeline;
  if (offered.length === 0) return ['No requests.'];
  const durationUs = offered.length * bucket_us;
  const plotHeight = Math.max(1, height - linesAroundPlot - faults.length);
  const { labelWidth, columns, curves, most } = laidOut(timeline, width, plotHeight);
  const draw = (rates: readonly number[], symbols: Symbols) =>
    plot(rates, {
      height: plotHeight,
      min: 0,
      max: most,
      offset: 2,
      symbols,
      format: (rate) => rateLabel(rate).padStart(labelWidth),
    }).split('\n');
  const below = draw(curves.offered, dotted);
  const above = draw(curves.admitted, solid);
  return [
    ...below.map((line, at) => overlaid(line, above[at], labelWidth + 1, paint)),
    ...faults.map((fault) => faultTrack(fault, durationUs, labelWidth, columns, paint)),
    ' '.repeat(labelWidth + 1) + timeAxis(durationUs, columns),
    legend(Math.max(bucket_us, durationUs / columns), labelWidth, paint),
  ];
}

const narrowestLabel = 3; // 1/s

/** Labels as narrow as may be: how wide they are depends on the largest mean that is drawn, and that on the room they leave. */
function laidOut(timeline: TimelineFigures, width: number, plotHeight: number, labelWidth = narrowestLabel) {
  const columns = Math.max(10, width - labelWidth - 1);
  const curve = (counts: readonly number[]) => resampled(ratesOf(counts, timeline.bucket_us), columns);
  const curves = { offered: curve(timeline.offered), admitted: curve(timeline.admitted) };
  const most = Math.max(...curves.offered, ...curves.admitted) || 1;
  if (widestLabel(most, plotHeight) > labelWidth) {
    return laidOut(timeline, width, plotHeight, labelWidth + 1);
  }
  return { labelWidth, columns, curves, most };
}

/**
 * Means of `width` equal stretches of the values: joined where there are too many, repeated where there are too few; a
 * value that lies in two stretches counts in each by the part that lies there.
 */
export function resampled(values: readonly number[], width: number): number[] {
  const perColumn = values.length / width;
  return Array.from({ length: width }, (_, column) => {
    const [from, to] = [column * perColumn, (column + 1) * perColumn];
    let sum = 0;
    for (let at = Math.floor(from); at < Math.min(to, values.length); at++) {
      sum += values[at] * (Math.min(to, at + 1) - Math.max(from, at));
    }
    return sum / perColumn;
  });
}

/** When a fault was: `fault  ▒▒▒▒ store-outage`. */
function faultTrack(
  { fault, at_us, until_us }: Fault,
  durationUs: number,
  labelWidth: number,
  columns: number,
  paint: Paint,
): string {
  const column = (us: number) => Math.min(Math.round((us / durationUs) * columns), columns - 1);
  const from = column(at_us);
  const length = Math.max(1, column(until_us ?? durationUs) - from);
  const name = safeText(fault);
  const after = from + length + 1 + name.length <= columns;
  const track = after
    ? `${' '.repeat(from)}${'▒'.repeat(length)} ${name}`
    : `${name} `.padStart(from).slice(0, from) + '▒'.repeat(length);
  return `${'fault'.padStart(labelWidth)} ${paint.worst(track)}`;
}

function ratesOf(counts: readonly number[], bucketUs: number): number[] {
  return counts.map((count) => (count / bucketUs) * 1e6);
}

function widestLabel(most: number, plotHeight: number): number {
  const rates = Array.from({ length: plotHeight + 1 }, (_, line) => (most * line) / plotHeight);
  return Math.max(...rates.map((rate) => rateLabel(rate).length));
}

function rateLabel(rate: number): string {
  return `${formatCount(Number(rate.toPrecision(3)))}/s`;
}

/** The two lines in one: the upper one hides the lower one. */
function overlaid(below: string, above: string, axis: number, paint: Paint): string {
  const cells = [...below.slice(axis)].map((sign, at) => {
    const over = above[axis + at];
    if (over !== ' ') return paint.best(over);
    return sign === ' ' ? sign : paint.faint(sign);
  });
  return below.slice(0, axis) + cells.join('');
}

/** `stepUs`: what each rate is the mean of. */
function legend(stepUs: number, labelWidth: number, paint: Paint): string {
  const keys = `${paint.best('──')} admitted  ${paint.faint('╌╌')} offered`;
  return `${' '.repeat(labelWidth + 1)}${keys}, requests a second by ${formatDuration(stepUs)}`;
}
