/** What is known of a row before it is sized. */
import { noneCalled } from '../did-you-mean.ts';
import { UsageError } from '../errors.ts';
import type { CalibratedRow, Calibration } from '../sim/calibration.ts';
import { findAlgorithm, type Selection, selectionName, validParams } from '../sim/selection.ts';
import { type Demand, quotasOf } from './demand.ts';
import type { HeadRoom } from './head-room.ts';
import { heldBy, inCluster } from './memory.ts';
import type { Prices, RedisNode } from './prices.ts';
import { redisStateOf } from './redis-state.ts';
import { type Sized, sizeOn } from './size.ts';
import type { Sizing } from './trial.ts';

export interface SizingOptions {
  readonly demand: Demand;
  readonly selections: readonly Selection[];
  readonly headRoom: HeadRoom;
  readonly calibration: Calibration;
  readonly prices: Prices;
  /** The only type of node to size; the cheapest is taken for each row without it. */
  readonly node?: string;
}

/** The selections that can be sized, and of the others why not. Throws UsageError when there is none. */
export function sizable(options: SizingOptions): { selections: Selection[]; notes: string[] } {
  const reasons = options.selections.map((selection) => whyNot(selection, options));
  const notes = reasons.filter((reason) => reason !== undefined).map((reason) => `Left out: ${reason}.`);
  const selections = options.selections.filter((_, at) => reasons[at] === undefined);
  if (selections.length === 0) throw new UsageError(notes.join('\n'));
  return { selections, notes };
}

/** On the type of node that makes the cheapest cluster; among those that do not fit, on the largest. */
export function cheapestSize(sizing: Sizing, nodes: readonly RedisNode[]): Sized {
  const rows = nodes.map((node) => sizeOn(node, sizing));
  return cheapest(rows) ?? rows[rows.length - 1];
}

export function sizingOf(selection: Selection, options: SizingOptions): Sizing {
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

function whyNot(selection: Selection, { demand, calibration }: SizingOptions): string | undefined {
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

export function nodesOf({ prices, node }: SizingOptions): readonly RedisNode[] {
  if (node === undefined) return prices.redis_nodes;
  const named = prices.redis_nodes.filter(({ name }) => name === node);
  if (named.length > 0) return named;
  const known = prices.redis_nodes.map(({ name }) => name);
  throw new UsageError(`--node: the prices of ${prices.name}: ${noneCalled('node', node, known)}`);
}

/** Of the rows that fit and cost least, the one that has most room to grow; undefined when none fits. */
export function cheapest<Row extends Sized>(rows: readonly Row[]): Row | undefined {
  const [first] = rows
    .filter(({ fits }) => fits)
    .sort(
      (one, other) =>
        one.usd_per_month - other.usd_per_month || other.breaks_first.at_ratio - one.breaks_first.at_ratio,
    );
  return first;
}
