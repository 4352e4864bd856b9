/** The plan with other traffic, other windows and other algorithms, as tables. */
import type { Ceiling, Cluster, Reach, RowName, WhatIf, WhatIfRow } from '../../plan/what-if/result.ts';
import { selectionName } from '../../sim/selection.ts';
import { formatBytes, formatCount, formatUsd, spellDuration } from '../../units.ts';
import { powers } from '../charts/chart.ts';
import type { Section } from './sections.ts';
import { sketch } from './sketch.ts';
import { whatIfChart } from './what-if-chart.ts';

const noFigure = '–';

interface Words {
  readonly name: string;
  /** For a column's head, rounded where that is enough. */
  readonly short: (value: number) => string;
  /** To the last digit. */
  readonly exact: (value: number) => string;
  readonly meaning: string;
}

const whole = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 2 });

const axisWords: Readonly<Record<WhatIf['axis'], Words>> = {
  rps: {
    name: 'rate',
    short: (rate) => `${formatCount(rate)}/s`,
    exact: (rate) => `${whole(rate)}/s`,
    meaning: 'the same clients ask more or less often',
  },
  keys: {
    name: 'number of keys',
    short: formatCount,
    exact: whole,
    meaning: 'the same requests come from more or fewer clients, by the same law',
  },
  window: {
    name: 'window',
    short: spellDuration,
    exact: spellDuration,
    meaning: 'the same rate is promised over a longer or shorter window, at least one request in it',
  },
};

/** What moves along an axis, and where a logarithmic axis of it has its marks. */
export const measures = [
  {
    title: 'a month',
    value: (row: WhatIfRow) => (row.fits ? row.usd_per_month : null),
    format: formatUsd,
    marks: (values: readonly number[]) => powers(10, values),
  },
  { title: 'data', value: (row: WhatIfRow) => row.data_bytes, format: formatBytes, marks: fifthDoublings },
] as const;
export type Measure = (typeof measures)[number];

/** 1 KiB, 32 KiB, 1 MiB …, from the one below all values to the one above. */
function fifthDoublings(values: readonly number[]): number[] {
  return powers(
    2,
    values.map((value) => value ** (1 / 5)),
  ).map((root) => root ** 5);
}

/** The rows of the table: 1, 2 and 5 of each power of ten. */
const shownFactors = [0.1, 0.2, 0.5, 1, 2, 5, 10];

export function whatIfSections(whatIf: WhatIf, chosen: RowName | undefined): Section[] {
  const [first, ...others] = measures.map((measure) => measured(whatIf, measure, chosen));
  const { meaning } = axisWords[whatIf.axis];
  return [
    { ...first, items: [`Here ${meaning}; all else is as it was asked for.`] },
    ...others,
    reachSection(whatIf),
  ];
}

function measured(whatIf: WhatIf, measure: Measure, chosen: RowName | undefined): Section {
  const { axis, asked, points } = whatIf;
  const { name, short } = axisWords[axis];
  const shown = points.filter(({ at }) =>
    shownFactors.some((factor) => Math.abs(at / asked / factor - 1) < 0.01),
  );
  const cell = (row: WhatIfRow) => {
    const value = measure.value(row);
    return value === null ? 'no fit' : measure.format(value);
  };
  const rows = points[0].rows.map((row, at) => [
    selectionName(row),
    ...shown.map((point) => cell(point.rows[at])),
  ]);
  return {
    title: `What if the ${name} were different: ${measure.title}`,
    table: [['', ...shown.map(({ at }) => short(at))], ...rows],
    chart: whatIfChart(whatIf, { ...measure, axisName: name, formatAt: short }),
    lines: drawing(whatIf, measure, chosen),
  };
}

/** Of the row that was chosen, or else the first; nothing where nothing moves. */
function drawing(
  { axis, asked, points }: WhatIf,
  { title, value, format }: Measure,
  chosen: RowName | undefined,
) {
  const { short } = axisWords[axis];
  const [{ rows }] = points;
  const drawn = Math.max(
    0,
    rows.findIndex((row) => chosen && selectionName(row) === selectionName(chosen)),
  );
  const values = points.map((point) => value(point.rows[drawn]));
  if (new Set(values).size === 1) return [];
  const marks = [points[0].at, asked, points[points.length - 1].at].map(short);
  const unless = values.includes(null) ? ', as far as anything fits' : '';
  return [`${selectionName(rows[drawn])}, ${title}${unless}:`, ...sketch(values, format, marks)];
}

const reachWords =
  'from, to: the least and the most for which the planned size is the cheapest that fits, found by halving; then: the cheapest beyond; fits from, fits to: for which any size fits. –: not within a tenth and ten times of what was asked for, or no end at all';

function reachSection({ axis, reaches }: WhatIf): Section {
  const { name, exact } = axisWords[axis];
  const clusters = reaches.flatMap(({ cluster, next }) => [cluster, next]).filter((one) => one !== null);
  const nodes = new Set(clusters.map(({ node }) => node));
  const size = (cluster: Cluster) =>
    nodes.size === 1 ? shardsInWords(cluster.shards) : `${cluster.shards} × ${cluster.node}`;
  const number = (value: number | null) => (value === null ? noFigure : exact(value));
  const cells = ({ cluster, from, to, next, fits }: Reach) => [
    cluster ? size(cluster) : 'no fit',
    number(from),
    number(to),
    to === null ? noFigure : next ? size(next) : 'no fit',
    ...(fits ? [number(fits.from), number(fits.to)] : ['nowhere', 'nowhere']),
  ];
  return {
    title: `Where a different ${name} needs another size${nodes.size === 1 ? ` of ${[...nodes]}` : ''}`,
    table: [
      ['', 'planned', 'from', 'to', 'then', 'fits from', 'fits to'],
      ...reaches.map((reach) => [selectionName(reach), ...cells(reach)]),
    ],
    items: [reachWords],
  };
}

function shardsInWords(shards: number): string {
  return shards === 1 ? '1 shard' : `${shards} shards`;
}

/** How far each algorithm goes. */
export function ceilingSection(ceilings: readonly Ceiling[]): Section {
  const rate = (value: number | null) => (value === null ? noFigure : `${whole(value)}/s`);
  const cells = ({ row, one_shard_per_s, chosen_per_s, any_per_s }: Ceiling) => [
    selectionName(row),
    row.fits ? formatUsd(row.usd_per_month) : 'no fit',
    formatBytes(row.data_bytes),
    ...[one_shard_per_s, chosen_per_s, any_per_s].map(rate),
  ];
  return {
    title: 'What if the algorithm were different: how much it takes',
    table: [['', 'a month', 'data', 'one shard', 'planned size', 'any size'], ...ceilings.map(cells)],
    items: [
      'one shard: of the smallest node; planned size: that of the row in the bill; any size: past that the hottest key, or as many shards as there may be, are too little',
    ],
  };
}
