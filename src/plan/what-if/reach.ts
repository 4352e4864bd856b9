import type { Selection } from '../../sim/selection.ts';
import type { Sized } from '../size.ts';
import { cheapestSize, nodesOf, type SizingOptions, sizingOf } from '../sizing.ts';
import type { Axis } from './axes.ts';
import { lastWhere, stretchWhere } from './last-where.ts';
import type { Cluster, Reach, RowName, WhatIfRow } from './result.ts';

/** Past so many times what was asked for nobody looks for an end. */
export const farthest = 1e4;

/** The row at other values of an axis, each sized once. */
export function sizedAlong(
  axis: Axis,
  selection: Selection,
  options: SizingOptions,
): (value: number) => Sized {
  const known = new Map<number, Sized>();
  return (value) => {
    const found =
      known.get(value) ??
      cheapestSize(
        sizingOf(selection, { ...options, demand: axis.with(options.demand, value) }),
        nodesOf(options),
      );
    known.set(value, found);
    return found;
  };
}

/** Where the row's cluster begins and ceases to be the cheapest between `least` and `most`, and where nothing fits any more. */
export function reachOf(
  sizedAt: (value: number) => Sized,
  asked: number,
  least: number,
  most: number,
): Reach {
  const cluster = clusterOf(sizedAt(asked));
  const isSame = (value: number) => isCluster(cluster, clusterOf(sizedAt(value)));
  const from = isSame(least) ? null : lastWhere(isSame, asked, least);
  const to = isSame(most) ? null : lastWhere(isSame, asked, most);
  const fits = stretchWhere((value) => sizedAt(value).fits, asked, Math.min(1, asked), asked * farthest);
  return {
    ...rowName(sizedAt(asked)),
    cluster,
    from,
    to,
    next: to === null ? null : clusterOf(sizedAt(to + 1)),
    ...(fits && { fits }),
  };
}

/** The row, cut down to what moves. */
export function whatIfRow({ fits, node, shards, usd_per_month, memory, ...row }: Sized): WhatIfRow {
  const { keys_alive, data_bytes } = memory;
  return { ...rowName(row), fits, node, shards, usd_per_month, keys_alive, data_bytes };
}

function rowName({ algorithm, variant, access }: RowName): RowName {
  return { algorithm, variant, ...(access !== undefined && { access }) };
}

function clusterOf({ fits, node, shards }: Sized): Cluster | null {
  return fits ? { node, shards } : null;
}

function isCluster(one: Cluster | null, other: Cluster | null): boolean {
  return one?.node === other?.node && one?.shards === other?.shards;
}
