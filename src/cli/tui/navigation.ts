/** What the screen shows of a comparison, and how keys change it. Pure, so that it is tested without a terminal. */
import type { Key } from 'ink';
import {
  type Column,
  columnsOf,
  hasFigures,
  type FigureTab as ReportTab,
} from '../../report/columns/index.ts';
import type { AlgorithmResult } from '../../sim/result.ts';

const figureTabs = [
  'Overview',
  'Accuracy',
  'Burst',
  'Fairness',
  'Latency',
  'Store',
  'Clients',
] as const satisfies ReportTab[];
const tabs = [
  'Overview',
  'Accuracy',
  'Burst',
  'Fairness',
  'Latency',
  'Timeline',
  'Store',
  'Clients',
] as const;
export type Tab = (typeof tabs)[number];
export type FigureTab = (typeof figureTabs)[number];

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

const letters: Readonly<Record<string, Action>> = {
  h: { kind: 'turn', by: -1 },
  l: { kind: 'turn', by: 1 },
  k: { kind: 'move', by: -1 },
  j: { kind: 'move', by: 1 },
  g: { kind: 'move', by: Number.NEGATIVE_INFINITY },
  G: { kind: 'move', by: Number.POSITIVE_INFINITY },
  s: { kind: 'sort' },
  S: { kind: 'reverse' },
  d: { kind: 'details' },
  '?': { kind: 'help' },
  q: { kind: 'quit' },
};

const pageRows = 10;

/** Keys without a letter, by Ink's names. */
const namedKeys = [
  ['leftArrow', { kind: 'turn', by: -1 }],
  ['rightArrow', { kind: 'turn', by: 1 }],
  ['tab', { kind: 'turn', by: 1 }],
  ['upArrow', { kind: 'move', by: -1 }],
  ['downArrow', { kind: 'move', by: 1 }],
  ['pageUp', { kind: 'move', by: -pageRows }],
  ['pageDown', { kind: 'move', by: pageRows }],
  ['home', { kind: 'move', by: Number.NEGATIVE_INFINITY }],
  ['end', { kind: 'move', by: Number.POSITIVE_INFINITY }],
  ['return', { kind: 'details' }],
  ['escape', { kind: 'close' }],
] as const satisfies [keyof Key, Action][];

/** Undefined for keys that mean nothing. */
function actionOf(input: string, key: Partial<Key>): Action | undefined {
  if (key.ctrl) return input === 'c' ? { kind: 'quit' } : undefined;
  if (key.tab && key.shift) return { kind: 'turn', by: -1 };
  const named = namedKeys.find(([name]) => key[name]);
  if (named) return named[1];
  return /^[1-9]$/.test(input) ? { kind: 'tab', at: Number(input) - 1 } : letters[input];
}

const controls: Readonly<Record<string, Partial<Key>>> = {
  '\t': { tab: true },
  '\r': { return: true },
  '\u0003': { ctrl: true },
};

/** Keys that were typed faster than they were read come as one input; each of them counts. */
export function actionsOf(input: string, key: Partial<Key>): Action[] {
  const actions =
    input.length > 1
      ? [...input].map((char) =>
          char === '\u0003' ? actionOf('c', controls[char]) : actionOf(char, controls[char] ?? {}),
        )
      : [actionOf(input, key)];
  return actions.filter((action) => action !== undefined);
}

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
