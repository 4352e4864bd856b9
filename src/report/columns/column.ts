import type { AlgorithmResult } from '../../sim/result.ts';

/** One figure of a row as tables show it. */
export interface Column {
  /** Where it stands in the RunResult, or would. */
  readonly id: string;
  readonly title: string;
  /** The title over two lines, as narrow as its figures. */
  readonly heading: readonly [string, string];
  /** Which end is the better one; absent when neither is. */
  readonly better?: 'lower' | 'higher';
  /** How to read the figure, in a sentence that fits beside the title in 80 columns. */
  readonly meaning: string;
  /** Null when the figure does not exist for this row. */
  readonly read: (row: AlgorithmResult) => number | null;
  readonly format: (value: number) => string;
}
