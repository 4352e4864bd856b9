/** What a plan says, cut into sections that each kind of report shows in its way. */

import { headRoomRules } from '../../plan/head-room.ts';
import type { PlanResult, PlanRow } from '../../plan/result.ts';
import { cheapest } from '../../plan/sizing.ts';
import { selectionName } from '../../sim/selection.ts';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatShare,
  formatUsd,
  spellDuration,
} from '../../units.ts';
import type { Chart } from '../charts/chart.ts';
import { billSections } from './bill.ts';
import { headRoomChart } from './head-room-chart.ts';
import { ceilingSection, whatIfSections } from './what-if.ts';

export interface Section {
  readonly title: string;
  /** Rows of equal length, the first of them the head. */
  readonly table?: readonly (readonly string[])[];
  /** Where pictures can be shown. */
  readonly chart?: Chart | undefined;
  /** A drawing in signs, laid out already. */
  readonly lines?: readonly string[];
  readonly items?: readonly string[];
}

const noFigure = '–';

/** Names and what they stand for, above all sections. */
export function planHeader({ asked }: PlanResult): (readonly [name: string, text: string])[] {
  const hottest = `the busiest asks ${formatShare(asked.hottest_key_ratio)} of it`;
  const hold = asked.hold_us === null ? '' : `; a request is in flight for ${spellDuration(asked.hold_us)}`;
  return [
    ['limit', `${asked.limit}, for each key`],
    [
      'traffic',
      `${formatCount(asked.rate_per_s)}/s at the peak, of ${formatCount(asked.keys)} keys, ${asked.popularity}: ${hottest}${hold}`,
    ],
    [
      'store',
      `Redis, ${asked.replicas === 0 ? 'no replica' : `each master with ${asked.replicas} replica${asked.replicas > 1 ? 's' : ''} in other zones`}`,
    ],
    ['measured', `${asked.calibration.server}, ${asked.calibration.measured_at.slice(0, 10)}`],
    ['prices', `${asked.prices.name}, ${asked.prices.as_of}`],
  ];
}

/** Sections that are looked at together. */
export interface PlanChapter {
  readonly name: string;
  readonly sections: readonly Section[];
}

/** Those that have something to show. */
export function planChapters(result: PlanResult): PlanChapter[] {
  const { rows, bill, what_if = [], ceilings, notes, unknown } = result;
  const chapters: PlanChapter[] = [
    {
      name: 'Size',
      sections: [
        { ...sizeSection(rows), chart: headRoomChart(result) },
        { title: 'Memory', table: [memoryHead, ...rows.map(memoryCells)], items: [memoryWords] },
        { title: 'Busiest shard', table: [loadHead, ...rows.map(loadCells)], items: [loadWords] },
      ],
    },
    { name: 'Bill', sections: bill ? billSections(bill) : [] },
    {
      name: 'What if',
      sections: [
        ...what_if.flatMap((one) => whatIfSections(one, cheapest(rows))),
        ...(ceilings ? [ceilingSection(ceilings)] : []),
      ],
    },
    {
      name: 'Notes',
      sections: [
        ...(notes.length > 0 ? [{ title: 'Notes', items: notes }] : []),
        { title: 'Head room', items: headRoomItems(result) },
        { title: 'What this does not know', items: unknown },
      ],
    },
  ];
  return chapters.filter(({ sections }) => sections.length > 0);
}

export function planSections(result: PlanResult): Section[] {
  return planChapters(result).flatMap(({ sections }) => sections);
}

/** The type of the nodes stands in the title, where it is one. */
function sizeSection(rows: readonly PlanRow[]): Section {
  const table = [sizeHead, ...rows.map(sizeCells)];
  const types = new Set(rows.map(({ node }) => node));
  if (types.size > 1) return { title: 'Size', table, items: [sizeWords] };
  return {
    title: `Size, on ${[...types]}`,
    table: table.map((cells) => cells.slice(0, -1)),
    items: [sizeWords],
  };
}

const sizeWords =
  'CPU/mem/net: shards that each of them alone would need; breaks first: what uses up its head room when the traffic grows, and at how many times the traffic asked for';
const memoryWords =
  'B a key: with its share of the tables; alive: keys that have state at once; data: on all masters; resident: the fullest node, with fragmentation; snapshot: what copy-on-write adds while one is made; of node: both, of its memory';
const loadWords =
  'CPU: of the rate that was measured to saturate a shard; hottest key: its part of what one shard may take, which no number of shards changes';

const sizeHead = ['', 'shards', 'CPU/mem/net', 'nodes', 'a month', 'breaks first', 'of type'];

function sizeCells(row: PlanRow): string[] {
  const { cpu, memory, network } = row.shards_for;
  const shards = (number: number | null) => (number === null ? 'none' : `${number}`);
  return [
    selectionName(row),
    row.fits ? `${row.shards}` : 'no fit',
    [cpu, memory, network].map(shards).join('/'),
    row.fits ? `${row.nodes}` : noFigure,
    row.fits ? formatUsd(row.usd_per_month) : noFigure,
    `${row.breaks_first.what}, ${ratio(row.breaks_first.at_ratio)}×`,
    row.node,
  ];
}

const memoryHead = ['', 'B a key', 'alive', 'data', 'resident', 'snapshot', 'of node'];

function memoryCells({ memory, ...row }: PlanRow): string[] {
  const { resident_bytes, copy_on_write_bytes, ratio } = memory.node;
  return [
    selectionName(row),
    formatCount(memory.bytes_per_key),
    formatCount(memory.keys_alive),
    formatBytes(memory.data_bytes),
    ...[resident_bytes, copy_on_write_bytes].map(formatBytes),
    formatShare(ratio),
  ];
}

const loadHead = [
  '',
  'decided',
  'P50',
  'P99',
  'CPU',
  'hottest key',
  'network',
  'commands',
  'over mean',
  'connections',
];

function loadCells({ load, latency, hottest_key, ...row }: PlanRow): string[] {
  const perSecond = (rate: number | null) => (rate === null ? noFigure : `${formatCount(rate)}/s`);
  const bits = load.network_bits_per_s;
  return [
    selectionName(row),
    perSecond(load.shard_decisions_per_s),
    latency ? formatDuration(latency.p50_us) : 'no end',
    latency ? formatDuration(latency.p99_us) : 'no end',
    formatShare(load.cpu_ratio),
    formatShare(hottest_key.ratio),
    bits === null ? noFigure : `${formatCount(Math.round(bits / 1e6))} Mbit/s`,
    perSecond(load.commands_per_s),
    `${ratio(load.imbalance_ratio)}×`,
    formatCount(load.connections),
  ];
}

function headRoomItems({ head_room }: PlanResult): string[] {
  const values: Readonly<Record<string, number>> = head_room;
  return [
    'Each is changed by --head-room name=value.',
    ...headRoomRules.map(({ name, text }) => `${name}=${values[name]}: ${text}`),
  ];
}

function ratio(value: number): string {
  return String(Number(value.toPrecision(3)));
}
