/** The burst envelope: the most that one key got through within a span, against the span. */
import type { AlgorithmResult, ContractFigures, RunResult, SingleContract } from '../../sim/result.ts';
import { formatCount } from '../../units.ts';
import { counted } from '../words.ts';
import {
  type Chart,
  colour,
  countTicks,
  durationTicks,
  type Layers,
  powers,
  type TopLevelSpec,
} from './chart.ts';
import { facetBy, gridOf, type Panel, panelGrid, panelsOf, titled } from './panels.ts';

interface Span {
  readonly us: number;
  readonly most: (burst: AlgorithmResult['burst']) => number;
}

/** The spans that the result speaks of, from short to long, each once. */
function spansOf({ scenario }: RunResult): Span[] {
  const periodUs = scenario.limit.period_us;
  const fixed: Span[] = [
    { us: 10e3, most: ({ max_in_10ms }) => max_in_10ms },
    { us: 100e3, most: ({ max_in_100ms }) => max_in_100ms },
    { us: 1e6, most: ({ max_in_1s }) => max_in_1s },
  ];
  return [
    ...fixed.filter(({ us }) => us !== periodUs),
    { us: periodUs, most: ({ max_in_window }: AlgorithmResult['burst']) => max_in_window },
  ].sort((a, b) => a.us - b.us);
}

/** The most that the contract of the first limit, of which the burst figures speak, allows in any interval so long. */
export function allowedIn(contract: ContractFigures, spanUs: number): number {
  return allowed(contract.kind === 'all' ? contract.contracts[0] : contract, spanUs);
}

function allowed(contract: SingleContract, spanUs: number): number {
  if (contract.kind === 'bucket') return contract.burst + (contract.limit * spanUs) / contract.period_us;
  const windows = Math.ceil(spanUs / contract.window_us);
  return contract.limit * (contract.kind === 'window' ? windows : windows + 1);
}

export function burstChart(result: RunResult): Chart | undefined {
  if (result.results.every(({ burst }) => burst.max_in_window === 0)) return undefined; // a log axis has no place for zero
  const panels = panelsOf(result.results);
  return {
    alt: `The most units of one key admitted within spans of time, in ${counted(panels.length, 'panel')}, with what the contract allows as a dashed line.`,
    caption:
      'The most units that one key got through within a span of that length; both axes are logarithmic. Dashed: what the contract allows in any interval so long.',
    spec: (width) => burstSpec(result, panels, width),
  };
}

function burstSpec(result: RunResult, untitled: readonly Panel[], width: number): TopLevelSpec {
  const { columns, panelWidth } = gridOf(width, width > 500 ? 3 : 1);
  const panels = titled(untitled, panelWidth);
  const points = panels.flatMap((panel) => pointsOf(panel, result));
  const spansUs = spansOf(result).map(({ us }) => us);
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
          field: 'us',
          type: 'quantitative',
          scale: { type: 'log', domain: [spansUs[0] / 1.6, spansUs.at(-1)! * 1.6], nice: false },
          axis: { title: null, grid: false, ...durationTicks(spansUs) },
        },
      },
      layer: envelope(points.flatMap(({ most, contract }) => [most, contract])),
    },
  };
}

function pointsOf({ title, rows: [{ burst }] }: Panel, result: RunResult) {
  return spansOf(result).map(({ us, most }) => ({
    title,
    us,
    most: most(burst),
    spelled: formatCount(most(burst)),
    contract: allowedIn(result.contract, us),
  }));
}

/** The contract's line, and above it the row's with a number at each point. */
function envelope(units: readonly number[]): Layers {
  const marks = powers(
    10,
    units.filter((most) => most > 0),
  );
  const axis = { title: null, ...countTicks(marks) };
  const domain = [marks[0], marks.at(-1)!];
  const y = { type: 'quantitative' as const, scale: { type: 'log' as const, domain }, axis };
  const point = { filled: true, color: colour.main, size: 36 };
  return [
    {
      transform: [{ filter: 'datum.contract > 0' }],
      mark: { type: 'line', color: colour.contract, strokeDash: [4, 3], strokeWidth: 1.5 },
      encoding: { y: { ...y, field: 'contract' } },
    },
    {
      transform: [{ filter: 'datum.most > 0' }],
      encoding: { y: { ...y, field: 'most' } },
      layer: [
        { mark: { type: 'line', color: colour.main, strokeWidth: 1.5, point } },
        { mark: { type: 'text', dy: -9 }, encoding: { text: { field: 'spelled' } } },
      ],
    },
  ];
}
