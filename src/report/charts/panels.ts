/** Small multiples: one panel for each behaviour, since rows that decided alike would be drawn alike. */
import wrapAnsi from 'wrap-ansi';
import type { AlgorithmResult } from '../../sim/result.ts';
import { labelOf } from '../rows.ts';
import { alike } from '../twins.ts';

export interface Panel {
  readonly title: string;
  readonly rows: readonly AlgorithmResult[];
}

export function panelsOf(rows: readonly AlgorithmResult[]): Panel[] {
  return alike(rows).map((group) => ({ title: group.map(labelOf).join(' · '), rows: group }));
}

const besidePanel = 42; // its axis and the gap to the next one

/** How wide each of so many panels in a row is. */
export function gridOf(width: number, columns: number): { columns: number; panelWidth: number } {
  return { columns, panelWidth: Math.floor(width / columns) - besidePanel };
}

const pixelsPerLetter = 7; // of a title

/** The panels with titles in lines that fit above them, so that a long one does not push its neighbours away. */
export function titled(panels: readonly Panel[], panelWidth: number): Panel[] {
  return panels.map(({ title, rows }) => ({ title: inLines(title, panelWidth), rows }));
}

/** A title in lines that fit above a panel. */
export function inLines(title: string, panelWidth: number): string {
  return wrapAnsi(title, Math.floor(panelWidth / pixelsPerLetter), { hard: true });
}

/** A panel for each title, in the order of the comparison. */
export function facetBy(panels: readonly Pick<Panel, 'title'>[]) {
  const header = { labelExpr: "split(datum.value, '\\n')" };
  return { field: 'title', type: 'nominal', sort: panels.map(({ title }) => title), header } as const;
}

/** Every panel has axes of its own, on scales that all share. */
export const panelGrid = {
  spacing: { row: 18, column: 12 },
  resolve: { axis: { x: 'independent', y: 'independent' } },
} as const;
