/** What the screen shows of a comparison, and how it changes. Pure, so that it is tested without a terminal. */
import {
  type Column,
  columnsOf,
  hasFigures,
  type FigureTab as ReportTab,
} from '../../report/columns/index.ts';
import type { AlgorithmResult } from '../../sim/result.ts';

const tabs = [
  'Overview',
  'Accuracy',
  'Burst',
  'Fairness',
  'Latency',
  'Timeline',
  'Store',
  'Clients',
] as const satisfies (ReportTab | 'Timeline')[];
export type Tab = (typeof tabs)[number];
export type FigureTab = Exclude<Tab, 'Timeline'>;

/** The tabs that say something about these rows. */
export function tabsOf(rows: readonly AlgorithmResult[]): readonly Tab[] {
  return tabs.filter((tab) => tab === 'Timeline' || hasFigures(tab, rows));
}

export interface View {
  readonly tab: Tab;
  /** Index of the chosen row in the result, whatever the order on the screen is. */
  readonly chosen: number;
  /** The column that rows are sorted by; absent for the order of the result. */
  readonly sort?: Column;
  readonly reversed: boolean;
  /** What lies over the table. */
  readonly over?: 'details' | 'help';
}

export const firstView: View = { tab: 'Overview', chosen: 0, reversed: false };

export type Action =
  /** By its place among those that are shown. */
  | { readonly kind: 'tab'; readonly at: number }
  | { readonly kind: 'turn' | 'move'; readonly by: number }
  | { readonly kind: 'sort' | 'reverse' | 'details' | 'help' | 'close' | 'quit' };

/** The view after an action; `quit` is none of its business. */
export function navigate(view: View, action: Action, rows: readonly AlgorithmResult[]): View {
  const shown = tabsOf(rows);
  switch (action.kind) {
    case 'tab':
      return action.at < shown.length ? without(view, 'over', { tab: shown[action.at] }) : view;
    case 'turn':
      return without(view, 'over', { tab: shown.at((shown.indexOf(view.tab) + action.by) % shown.length)! });
    case 'move':
      return { ...view, chosen: moved(view, action.by, rows) };
    case 'sort':
      return sorted(view);
    case 'reverse':
      return { ...view, reversed: !view.reversed };
    case 'details':
    case 'help':
      return view.over === action.kind ? without(view, 'over') : { ...view, over: action.kind };
    default:
      return without(view, 'over');
  }
}

/** Indices of the rows in the order on the screen: best first, rows without the figure last. */
export function orderOf({ sort, reversed }: View, rows: readonly AlgorithmResult[]): number[] {
  const order = rows.map((_, at) => at);
  if (sort) {
    const sign = (sort.better === 'lower' ? 1 : -1) * (reversed ? -1 : 1);
    const values = rows.map(sort.read);
    return order.sort((a, b) => compare(values[a], values[b], sign) || a - b);
  }
  return reversed ? order.reverse() : order;
}

function compare(a: number | null, b: number | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return sign * (a - b);
}

function moved(view: View, by: number, rows: readonly AlgorithmResult[]): number {
  const order = orderOf(view, rows);
  const to = order.indexOf(view.chosen) + by;
  return order.at(Math.max(0, Math.min(to, order.length - 1))) ?? 0;
}

/** Sorts by the tab's next column; after the last one comes the order of the result. */
function sorted(view: View): View {
  if (view.tab === 'Timeline') return view;
  const columns: readonly Column[] = columnsOf[view.tab];
  const next = view.sort ? columns[columns.indexOf(view.sort) + 1] : columns[0];
  return without(view, 'sort', next ? { sort: next } : {});
}

function without(view: View, field: 'over' | 'sort', changes: Partial<View> = {}): View {
  const { [field]: _, ...rest } = view;
  return { ...rest, ...changes };
}
