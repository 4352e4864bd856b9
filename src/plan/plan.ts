import { UsageError } from '../errors.ts';
import type { CalibratedRow, Calibration } from '../sim/calibration.ts';
import { spellRules } from '../sim/rule.ts';
import { findAlgorithm, type Selection, selectionName, validParams } from '../sim/selection.ts';
import { billFor } from './bill.ts';
import { type Demand, keysOf, quotasOf } from './demand.ts';
import type { HeadRoom } from './head-room.ts';
import { heldBy, inCluster } from './memory.ts';
import type { Prices, RedisNode } from './prices.ts';
import { redisStateOf } from './redis-state.ts';
import { type PlanResult, type PlanRow, type Pricing, planSchemaName } from './result.ts';
import { latencyOf, type Sized, sizeOn } from './size.ts';
import type { Sizing } from './trial.ts';
import { unknownOf } from './unknown.ts';

export interface PlanOptions {
  readonly version: string;
  readonly demand: Demand;
  readonly selections: readonly Selection[];
  readonly headRoom: HeadRoom;
  readonly calibration: Calibration;
  readonly prices: Prices;
  /** The only type of node to size; the cheapest is taken for each row without it. */
  readonly node?: string;
  readonly pricing: Pricing;
}

/** Sizes every row, and prices the cheapest that fits. Throws UsageError when no row can be planned. */
export function plan(options: PlanOptions): PlanResult {
  const { rows, notes } = sizedRows(options);
  const choice = cheapest(rows.filter(({ fits }) => fits));
  return {
    schema: planSchemaName,
    version: options.version,
    asked: askedOf(options),
    head_room: options.headRoom,
    rows,
    ...(choice && { bill: billFor(choice, options.prices, options.pricing) }),
    notes,
    unknown: unknownOf(options),
  };
}

export function sizedRows(options: PlanOptions): { rows: PlanRow[]; notes: string[] } {
  const notes: string[] = [];
  const rows: PlanRow[] = [];
  for (const selection of options.selections) {
    const reason = whyNot(selection, options);
    if (reason === undefined) rows.push(planned(selection, options));
    else notes.push(`Left out: ${reason}.`);
  }
  if (rows.length === 0) throw new UsageError(notes.join('\n'));
  return { rows, notes };
}

function planned(selection: Selection, options: PlanOptions): PlanRow {
  const sizing = sizingOf(selection, options);
  const row = sized(sizing, nodesOf(options));
  return { ...row, latency: latencyOf(sizing, row.load) };
}

/** On the type of node that makes the cheapest cluster; among those that do not fit, on the largest. */
function sized(sizing: Sizing, nodes: readonly RedisNode[]): Sized {
  const rows = nodes.map((node) => sizeOn(node, sizing));
  return cheapest(rows.filter(({ fits }) => fits)) ?? rows[rows.length - 1];
}

function sizingOf(selection: Selection, options: PlanOptions): Sizing {
  const algorithm = findAlgorithm(selection.algorithm);
  const { demand, headRoom, calibration } = options;
  const params = validParams(algorithm, selection.params);
  const { access = 'atomic' } = selection;
  const states = quotasOf(demand).map((quota) => redisStateOf(algorithm, params, access, quota));
  const held = heldBy(states, demand);
  return {
    selection,
    held: { alone: held, inCluster: inCluster(held) },
    calibrated: calibratedRow(selection, calibration)!, // `whyNot` has asked for it
    demand,
    headRoom,
    roundTripUs: isLocal(calibration) ? headRoom.round_trip_us : 0,
  };
}

function whyNot(selection: Selection, { demand, calibration }: PlanOptions): string | undefined {
  const { algorithm } = selection;
  if (findAlgorithm(algorithm).needsDurations && demand.holdUs === undefined) {
    return `${algorithm} needs to know how long a request is in flight; say it with --hold, such as --hold 200ms`;
  }
  if (calibratedRow(selection, calibration) === undefined) {
    return `${selectionName(selection)}: the calibration has no ${algorithm}; make one with ratelimit calibrate`;
  }
  return undefined;
}

/** The same row, or the plain one of the same algorithm: what differs between variants is small beside the round trip. */
function calibratedRow({ algorithm, variant }: Selection, { rows }: Calibration): CalibratedRow | undefined {
  const same = rows.filter((row) => row.algorithm === algorithm);
  return same.find((row) => row.variant === variant) ?? same[0];
}

/** Whether it was made on the same machine as its store, so that no network is in it. */
export function isLocal({ server }: Calibration): boolean {
  return /redis:embedded$|unix:/.test(server);
}

function nodesOf({ prices, node }: PlanOptions): readonly RedisNode[] {
  if (node === undefined) return prices.redis_nodes;
  const named = prices.redis_nodes.filter(({ name }) => name === node);
  if (named.length > 0) return named;
  const known = prices.redis_nodes.map(({ name }) => name).join(', ');
  throw new UsageError(`--node: the prices of ${prices.name} have no "${node}"; there are ${known}`);
}

/** Of those that cost least, the one that has most room to grow. */
export function cheapest<Row extends Sized>(rows: readonly Row[]): Row | undefined {
  const [first] = [...rows].sort(
    (one, other) =>
      one.usd_per_month - other.usd_per_month || other.breaks_first.at_ratio - one.breaks_first.at_ratio,
  );
  return first;
}

function askedOf({ demand, calibration, prices }: PlanOptions): PlanResult['asked'] {
  return {
    limit: spellRules(demand.rules),
    rate_per_s: demand.ratePerSecond,
    keys: keysOf(demand),
    popularity: demand.popularity,
    hottest_key_ratio: demand.groups[0].share,
    name_bytes: demand.nameBytes,
    hold_us: demand.holdUs ?? null,
    replicas: demand.replicas,
    calibration: { server: calibration.server, measured_at: calibration.measured_at },
    prices: { name: prices.name, as_of: prices.as_of },
  };
}
