/**
 * Which figures stand together: each group is a table of the text and Markdown reports, and a tab of the screen (apart
 * from Cost, whose figures the Overview and the details show). Within a group the order is that of importance, because
 * where there is less room the last columns go first. To show another figure, write its column and name it here.
 */
import type { AlgorithmResult } from '../../sim/result.ts';
import * as accuracy from './accuracy.ts';
import * as burst from './burst.ts';
import * as clients from './clients.ts';
import type { Column } from './column.ts';
import * as cost from './cost.ts';
import * as fairness from './fairness.ts';
import * as latency from './latency.ts';
import * as store from './store.ts';

export type { Column } from './column.ts';

export const columnsOf = {
  Overview: [
    accuracy.admitted,
    accuracy.overAdmitted,
    accuracy.worstWindow,
    accuracy.needlessShare,
    fairness.jainEntitled,
    latency.delayP99,
    cost.bytesPerKey,
    burst.mostIn1S,
    latency.adviceKept,
    cost.decisionsPerSecond,
    fairness.starvedKeys,
    cost.bytes,
  ],
  Accuracy: [
    accuracy.overAdmitted,
    accuracy.worstWindow,
    accuracy.worstWindowAt,
    accuracy.needless,
    accuracy.needlessShare,
    accuracy.oracleDisagreed,
  ],
  Burst: [burst.mostIn10Ms, burst.mostIn100Ms, burst.mostIn1S, burst.mostInWindow, burst.sigma, burst.rho],
  Fairness: [fairness.jainEntitled, fairness.jainDemanded, fairness.starvedKeys, fairness.longestStarvation],
  Latency: [
    latency.delayP50,
    latency.delayP90,
    latency.delayP99,
    latency.delayP999,
    latency.delayMax,
    latency.adviceKept,
    latency.adviceLateP99,
  ],
  Clients: [
    clients.goodput,
    clients.retryRate,
    clients.attempts,
    clients.timeToDoneP50,
    clients.timeToDoneP99,
    clients.backlog,
    clients.timeToClear,
    clients.dispersion,
    clients.mostIn100Ms,
    clients.wastedCost,
  ],
  Cost: [cost.bytesPerKey, cost.bytes, cost.decisionsPerSecond],
  Store: [
    store.latencyP50,
    store.latencyP99,
    store.latencyP999,
    store.latencyMax,
    cost.decisionsPerSecond,
    store.cpu,
    store.commands,
    store.capacityUnits,
    store.network,
    store.undecided,
    store.slipP99,
    store.reportedBytes,
    store.evicted,
  ],
} as const satisfies Record<string, readonly Column[]>;

export type FigureTab = keyof typeof columnsOf;

/** The groups that say something about these rows, in the order in which they are shown. */
export function figureTabsOf(rows: readonly AlgorithmResult[]): readonly FigureTab[] {
  const tabs = Object.keys(columnsOf) as readonly FigureTab[]; // the keys of a literal are its type's keys
  return tabs.filter((tab) => hasFigures(tab, rows));
}

/** Whether a group says something about these rows: that of the store and that of clients only where there are such. */
export function hasFigures(tab: FigureTab, rows: readonly AlgorithmResult[]): boolean {
  if (tab === 'Store') return rows.some(({ live }) => live);
  return tab !== 'Clients' || rows.some(({ clients }) => clients);
}

/** The columns of a group for these rows; of a store only what it tells. */
export function columnsFor(tab: FigureTab, rows: readonly AlgorithmResult[]): readonly Column[] {
  const columns: readonly Column[] = columnsOf[tab];
  return tab === 'Store' ? columns.filter(({ read }) => rows.some((row) => read(row) !== null)) : columns;
}
