/** Jain's index of every row: of what keys were due, and of what they asked for. */
import type { RunResult } from '../../sim/result.ts';
import { labelOf } from '../rows.ts';
import { type Chart, colour, type TopLevelSpec, ticks } from './chart.ts';
import { rowAxis } from './latency.ts';

const kinds = ['of their due', 'of their demand'] as const;

export function fairnessChart({ results }: RunResult): Chart | undefined {
  const points = results.flatMap((row) => [
    { row: labelOf(row), kind: kinds[0], index: row.fairness.jain_entitled },
    { row: labelOf(row), kind: kinds[1], index: row.fairness.jain },
  ]);
  if (points.every(({ index }) => index === null)) return undefined;
  return {
    alt: `Jain's fairness index of ${results.length} rows, from 0 to 1, as two points a row.`,
    caption:
      "Jain's index of what keys got: 1 when all keys got the same share. Of their due (what the contract would have given) is the one to look at; a limit is meant to treat greedy keys unlike modest ones.",
    spec: (width) => fairnessSpec(points, results.map(labelOf), width),
  };
}

const legend = { orient: 'top' } as const;

function fairnessSpec(
  points: readonly { readonly index: number | null }[],
  rows: readonly string[],
  width: number,
): TopLevelSpec {
  return {
    data: { values: points.filter(({ index }) => index !== null) },
    width: width - 24,
    height: { step: 34 },
    encoding: {
      y: { field: 'row', type: 'nominal', sort: [...rows], axis: rowAxis(width - 24) },
      x: {
        field: 'index',
        type: 'quantitative',
        scale: { domain: [0, 1] },
        axis: { title: null, ...ticks([0, 0.25, 0.5, 0.75, 1], String) },
      },
    },
    layer: [
      {
        mark: { type: 'rule', color: colour.main, opacity: 0.5 },
        encoding: { x: { aggregate: 'min', field: 'index' }, x2: { aggregate: 'max', field: 'index' } },
      },
      {
        mark: { type: 'point', filled: true, size: 70, opacity: 1 },
        encoding: {
          shape: { field: 'kind', scale: { domain: [...kinds], range: ['circle', 'diamond'] }, legend },
          color: { field: 'kind', scale: { domain: [...kinds], range: [colour.main, colour.muted] }, legend },
        },
      },
    ],
  };
}
