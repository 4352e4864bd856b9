/** The charts of a comparison as data: what each shows and how to read it. Drawing them is up to draw.ts. */
import type { TopLevelSpec } from 'vega-lite';
import type { RunResult } from '../../sim/result.ts';
import { formatCount } from '../../units.ts';
import { span } from '../figures.ts';

export interface Chart {
  /** What the picture shows, for those who do not see it. */
  readonly alt: string;
  /** How to read it, in a sentence or two. */
  readonly caption: string;
  /** The picture at a width in pixels. */
  readonly spec: (width: number) => TopLevelSpec;
}

export type { TopLevelSpec };

export type Layers = Extract<TopLevelSpec, { layer: unknown }>['layer'];

/** Undefined where the result holds nothing to draw. */
export type ChartOf = (result: RunResult) => Chart | undefined;

/** Colours are custom properties of the page, so that one picture serves light, dark and print. */
export const colour = {
  main: 'var(--accent)',
  offered: 'var(--area)',
  contract: 'var(--contract)',
  faint: 'var(--faint)',
  muted: 'var(--muted)',
  ink: 'var(--ink)',
} as const;

/** Ticks at these values, spelled by `format`; for an axis or a header. */
export function ticks(values: readonly number[], format: (value: number) => string) {
  const labels = Object.fromEntries(values.map((value) => [String(value), format(value)]));
  return { values: [...values], labelExpr: `(${JSON.stringify(labels)})[datum.value]` };
}

/** The powers of `base` from the one below all values, which are above zero, to the one above; two at least. */
export function powers(base: 2 | 10, values: readonly number[]): number[] {
  const exponent = (value: number) => (base === 2 ? Math.log2(value) : Math.log10(value));
  const first = Math.floor(exponent(Math.min(...values)));
  const last = Math.max(first + 1, Math.ceil(exponent(Math.max(...values))));
  return Array.from({ length: last - first + 1 }, (_, at) => base ** (first + at));
}

/** Round durations for a log axis: powers of ten up to a minute, then minutes, hours and days. */
const roundDurationsUs = [
  1, 10, 100, 1e3, 10e3, 100e3, 1e6, 10e6, 60e6, 600e6, 3600e6, 36_000e6, 86_400e6, 864_000e6, 8_640_000e6,
  86_400_000e6,
];

/** Ticks of a log axis of durations above zero: from the round one below all of them to the one above. */
export function durationMarks(durationsUs: readonly number[]): number[] {
  const from = Math.max(
    0,
    roundDurationsUs.findLastIndex((us) => us <= Math.min(...durationsUs)),
  );
  const to = roundDurationsUs.findIndex((us) => us >= Math.max(...durationsUs));
  return roundDurationsUs.slice(from, Math.max(to, from + 1) + 1);
}

export const countTicks = (values: readonly number[]) => ticks(values, formatCount);
export const durationTicks = (valuesUs: readonly number[]) => ticks(valuesUs, span);
