import { type SizingOptions, sizable } from '../sizing.ts';
import { type AxisName, axes } from './axes.ts';
import { reachOf, sizedAlong, whatIfRow } from './reach.ts';
import type { WhatIf } from './result.ts';

/** Even steps on a scale of ratios that meet 1, 2 and 5: the series R10 of ISO 3. */
const decade = [1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8];
const factors = [...decade.map((factor) => factor / 10), ...decade, 10];

/** The plan at other values of one axis. What cannot be said of this demand is for the caller to ask the axis before. */
export function whatIf(name: AxisName, options: SizingOptions): WhatIf {
  const axis = axes[name];
  const asked = axis.valueOf(options.demand);
  const values = [...new Set(factors.map((factor) => valueAt(asked * factor)))];
  const rows = sizable(options).selections.map((selection) => sizedAlong(axis, selection, options));
  return {
    axis: name,
    asked,
    points: values.map((at) => ({ at, rows: rows.map((sizedAt) => whatIfRow(sizedAt(at))) })),
    reaches: rows.map((sizedAt) => reachOf(sizedAt, asked, values[0], values[values.length - 1])),
  };
}

/** Whole requests, keys and microseconds, as far as there is one. */
function valueAt(value: number): number {
  return value < 1 ? value : Math.round(value);
}
