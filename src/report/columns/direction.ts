import { type Column, columnsOf } from './index.ts';

const columns: readonly Column[] = Object.values(columnsOf).flat();

/** Which end of a figure is the better one, by its path; undefined when neither is, or when no table shows it. */
export function betterEnd(path: string): Column['better'] {
  return columns.find(({ id }) => id === path)?.better;
}
