/** How much of its head room each row uses. */
import type { PlanResult, PlanRow } from '../../plan/result.ts';
import { selectionName } from '../../sim/selection.ts';
import { formatShare } from '../../units.ts';
import { type Chart, colour, type TopLevelSpec, ticks } from '../charts/chart.ts';
import { rowAxis } from '../charts/latency.ts';
import { counted } from '../words.ts';

const resources = ['CPU', 'memory', 'network', 'hottest key'] as const;

export function headRoomChart({ rows, head_room }: PlanResult): Chart {
  const points = rows.flatMap((row) =>
    usesOf(row, head_room).map((use, at) => ({ row: selectionName(row), resource: resources[at], use })),
  );
  return {
    alt: `What the busiest shard uses of its head room for CPU, memory, network and the hottest key, of ${counted(rows.length, 'row')}; 100 % is all that may be used.`,
    caption:
      'What the busiest shard uses of what it may use, by the head room below. Right of the line something is too much, and the row fits no cluster.',
    spec: (width) => headRoomSpec(points, rows.map(selectionName), width),
  };
}

function usesOf(
  { load, memory, hottest_key }: PlanRow,
  { cpu, memory: memoryShare, network }: PlanResult['head_room'],
): number[] {
  const shares = [load.cpu_ratio / cpu, memory.node.ratio / memoryShare, (load.network_ratio ?? 0) / network];
  return [...shares, hottest_key.ratio];
}

function headRoomSpec(
  points: readonly { use: number }[],
  rows: readonly string[],
  width: number,
): TopLevelSpec {
  const most = Math.max(1, ...points.map(({ use }) => use));
  const step = most <= 2 ? 0.25 : 10 ** Math.floor(Math.log10(most));
  const marks = Array.from({ length: Math.ceil(most / step) + 1 }, (_, at) => at * step);
  return {
    width: width - 40,
    height: { step: 44 },
    layer: [
      {
        data: { values: [{ limit: 1 }] },
        mark: { type: 'rule', color: colour.contract, strokeDash: [4, 3] },
        encoding: { x: { field: 'limit', type: 'quantitative' } },
      },
      {
        data: { values: [...points] },
        mark: { type: 'point', filled: true, color: colour.main, size: 70, opacity: 1 },
        encoding: {
          y: { field: 'row', type: 'nominal', sort: [...rows], axis: rowAxis(width - 40) },
          x: {
            field: 'use',
            type: 'quantitative',
            scale: { domain: [0, marks.at(-1)!] },
            axis: { title: null, ...ticks(marks, formatShare) },
          },
          shape: {
            field: 'resource',
            scale: { domain: [...resources], range: ['circle', 'square', 'diamond', 'triangle-up'] },
            legend: { orient: 'top', symbolFillColor: colour.main, symbolStrokeColor: colour.main },
          },
        },
      },
    ],
  };
}
