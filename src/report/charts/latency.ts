/** Quantiles of the delay that each row added, on a log axis. */
import type { AlgorithmResult, RunResult } from '../../sim/result.ts';
import { labelOf } from '../rows.ts';
import { counted } from '../words.ts';
import { type Chart, colour, durationMarks, durationTicks, type TopLevelSpec } from './chart.ts';

const quantiles = [
  ['P50', 'p50_us'],
  ['P90', 'p90_us'],
  ['P99', 'p99_us'],
  ['P99.9', 'p999_us'],
  ['max', 'max_us'],
] as const satisfies readonly (readonly [string, keyof AlgorithmResult['latency']])[];

const quantileNames = quantiles.map(([name]) => name);

export function latencyChart({ results }: RunResult): Chart | undefined {
  const delayed = results.filter(({ latency }) => latency.max_us > 0);
  if (delayed.length === 0) return undefined;
  const points = delayed.flatMap(
    (row) =>
      quantiles
        .map(([quantile, field]) => ({ row: labelOf(row), quantile, us: row.latency[field] }))
        .filter(({ us }) => us > 0), // a log axis has no place for zero
  );
  const others = results.length - delayed.length;
  const rest =
    others === 0
      ? ''
      : ` ${counted(others, 'row')} without any delay ${others === 1 ? 'is' : 'are'} left out.`;
  return {
    alt: `Quantiles of the delay, from the median to the maximum, of ${counted(delayed.length, 'row')} on a logarithmic axis.`,
    caption: `Delay of admitted requests, on a logarithmic axis; a quantile of 0 has no place on it.${rest}`,
    spec: (width) => latencySpec(points, delayed.map(labelOf), width),
  };
}

function latencySpec(
  points: readonly { readonly us: number }[],
  rows: readonly string[],
  width: number,
): TopLevelSpec {
  const marks = durationMarks(points.map(({ us }) => us));
  return {
    data: { values: [...points] },
    width: width - 40,
    height: { step: 44 },
    encoding: {
      y: { field: 'row', type: 'nominal', sort: [...rows], axis: rowAxis(width - 40) },
      x: {
        field: 'us',
        type: 'quantitative',
        scale: { type: 'log', domain: [marks[0], marks.at(-1)!] },
        axis: { title: null, ...durationTicks(marks) },
      },
    },
    layer: [
      {
        mark: { type: 'line', color: colour.main, strokeWidth: 1.5, opacity: 0.5 },
        encoding: { detail: { field: 'row' } },
      },
      {
        mark: { type: 'point', filled: true, color: colour.main, size: 70, opacity: 1 },
        encoding: {
          shape: {
            field: 'quantile',
            scale: {
              domain: [...quantileNames],
              range: ['circle', 'square', 'diamond', 'triangle-up', 'cross'],
            },
            legend: { orient: 'top', symbolFillColor: colour.main, symbolStrokeColor: colour.main },
          },
        },
      },
    ],
  };
}

/** Names of the rows above their lines, so that they need no room beside them. */
export function rowAxis(width: number) {
  return {
    title: null,
    domain: false,
    ticks: false,
    grid: true,
    labelAlign: 'left',
    labelOffset: -12,
    labelPadding: 0,
    labelColor: colour.ink,
    labelLimit: width,
  } as const;
}
