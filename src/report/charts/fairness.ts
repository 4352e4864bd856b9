/** What the keys got, from the least served one to the best: of their due, and of what they asked for. */
import { curvePercents } from '../../sim/meters/fairness.ts';
import type { AlgorithmResult, RunResult } from '../../sim/result.ts';
import { formatShare } from '../../units.ts';
import type { PlainTable } from '../plain-table.ts';
import { counted } from '../words.ts';
import { type Chart, colour, type TopLevelSpec, ticks } from './chart.ts';
import { facetBy, gridOf, type Panel, panelGrid, panelsOf, titled } from './panels.ts';

type Curves = NonNullable<AlgorithmResult['fairness']['curve']>;

/** Rows that decided alike and whose keys had anything due; a saved run may be older than the curves, or changed by hand. */
function drawn({ results }: RunResult): Panel[] {
  const isWhole = (shares?: readonly number[]) => shares?.length === curvePercents.length;
  return panelsOf(
    results.filter(({ fairness: { curve } }) => isWhole(curve?.entitled) && isWhole(curve?.demanded)),
  );
}

export function fairnessChart(result: RunResult): Chart | undefined {
  const panels = drawn(result);
  if (panels.length === 0) return undefined;
  return {
    alt: `What the keys got, from the least served one to the best, as a share of their due and of their demand, in ${counted(panels.length, 'panel')}.`,
    caption:
      'What the keys got, from the least served one on the left to the best served one on the right, once for each of two shares. Line: of their due, which is what the contract would have given; a fair limiter keeps to the dashed line. Area: of what they asked for, where a limit is meant to treat greedy keys unlike modest ones.',
    spec: (width) => fairnessSpec(panels, width),
  };
}

/** Where the axis may end, in shares of what was due: one key that got fifty times its due would flatten all the others. */
const tops = [1.25, 1.5, 2];

function fairnessSpec(untitled: readonly Panel[], width: number): TopLevelSpec {
  const { columns, panelWidth } = gridOf(width, width > 500 ? 3 : 1);
  const panels = titled(untitled, panelWidth);
  const points = panels.flatMap(pointsOf);
  const y = shareAxis(points.map(({ due }) => due));
  return {
    data: { values: points },
    facet: facetBy(panels),
    columns,
    ...panelGrid,
    spec: {
      width: panelWidth,
      height: 120,
      encoding: {
        x: {
          field: 'percent',
          type: 'quantitative',
          scale: { domain: [0, 100] },
          axis: { title: null, grid: false, ...ticks([0, 25, 50, 75, 100], (percent) => `${percent} %`) },
        },
      },
      layer: [
        { mark: { type: 'area', color: colour.offered }, encoding: { y: { ...y, field: 'demand' } } },
        {
          mark: { type: 'line', color: colour.contract, strokeDash: [4, 3], strokeWidth: 1.5 },
          encoding: { y: { ...y, field: 'fair' } },
        },
        {
          mark: { type: 'line', color: colour.main, strokeWidth: 1.5 },
          encoding: { y: { ...y, field: 'due' } },
        },
      ],
    },
  };
}

/** A curve that goes higher than the axis runs along its top, whose mark then says so. */
function shareAxis(shares: readonly number[]) {
  const most = Math.max(...shares);
  const top = tops.find((end) => end >= most) ?? tops.at(-1)!;
  const spell = (share: number) => `${share === top && most > top ? '≥ ' : ''}${formatShare(share)}`;
  return {
    type: 'quantitative' as const,
    scale: { domain: [0, top], clamp: true },
    axis: { title: null, ...ticks([0, 0.5, 1, ...(top >= 1.5 ? [top] : [])], spell) },
  };
}

function pointsOf({ title, rows: [{ fairness }] }: Panel) {
  const { demanded, entitled } = fairness.curve!; // only rows with one are drawn
  return curvePercents.map((percent, at) => ({
    title,
    percent,
    due: entitled[at],
    demand: demanded[at],
    fair: 1,
  }));
}

/** The chart's figures: what the key got that stands at a percentage of the keys. */
export function fairnessTable(result: RunResult, of: keyof Curves): PlainTable {
  const panels = drawn(result);
  return {
    head: ['keys', ...panels.map(({ title }) => title)],
    rows: curvePercents.map((percent, at) => [
      percent === 0 ? 'the least served' : `${percent} %`,
      ...panels.map(({ rows: [{ fairness }] }) => formatShare(fairness.curve![of][at])),
    ]),
  };
}
