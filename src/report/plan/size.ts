/** What each row of a plan takes, as tables. */
import type { PlanRow } from '../../plan/result.ts';
import { selectionName } from '../../sim/selection.ts';
import { formatBytes, formatCount, formatDuration, formatShare, formatUsd } from '../../units.ts';
import type { Section } from './sections.ts';

const noFigure = '–';

const sizeWords =
  'CPU/mem/net: shards that each of them alone would need; breaks first: what uses up its head room when the traffic grows, and at how many times the traffic asked for';

/** The type of the nodes stands in the title, where it is one. */
export function sizeSection(rows: readonly PlanRow[]): Section {
  const table = [sizeHead, ...rows.map(sizeCells)];
  const types = new Set(rows.map(({ node }) => node));
  if (types.size > 1) return { title: 'Size', table, items: [sizeWords] };
  return {
    title: `Size, on ${[...types]}`,
    table: table.map((cells) => cells.slice(0, -1)),
    items: [sizeWords],
  };
}

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

const memoryWords =
  'B a key: with its share of the tables; alive: keys that have state at once; data: on all masters; resident: the fullest node, with fragmentation; snapshot: what copy-on-write adds while one is made; of node: both, of its memory';
const memoryHead = ['', 'B a key', 'alive', 'data', 'resident', 'snapshot', 'of node'];

export function memorySection(rows: readonly PlanRow[]): Section {
  return { title: 'Memory', table: [memoryHead, ...rows.map(memoryCells)], items: [memoryWords] };
}

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

const loadWords =
  'CPU: of the rate that was measured to saturate a shard; hottest key: its part of what one shard may take, which no number of shards changes';
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

export function loadSection(rows: readonly PlanRow[]): Section {
  return { title: 'Busiest shard', table: [loadHead, ...rows.map(loadCells)], items: [loadWords] };
}

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

function ratio(value: number): string {
  return String(Number(value.toPrecision(3)));
}
