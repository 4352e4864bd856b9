/** Small multiples: one panel for each behaviour, since rows that decided alike would be drawn alike. */
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

/** In the order of the comparison. */
export function facetBy(panels: readonly Panel[]) {
  return { field: 'title', type: 'nominal', sort: panels.map(({ title }) => title) } as const;
}

/** Every panel has axes of its own, on scales that all share. */
export const panelGrid = {
  spacing: { row: 18, column: 12 },
  resolve: { axis: { x: 'independent', y: 'independent' } },
} as const;
