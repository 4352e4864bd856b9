import type { AlgorithmResult } from '../sim/result.ts';

/** A table of texts, with a line for each row of the comparison that has something to say. */
export interface RowTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly lines: readonly { readonly row: AlgorithmResult; readonly cells: readonly string[] }[];
}
