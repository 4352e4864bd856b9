import { type Column, columnsOf } from './index.ts';

const columns: readonly Column[] = Object.values(columnsOf).flat();

/**
 * Which end of a figure is the better one, by its path; undefined when neither is, or when no table shows it. A count
 * and its share have the same better end, so one column speaks for both.
 */
export function betterEnd(path: string): Column['better'] {
  const same = [path, `${path}_ratio`, path.replace(/_ratio$/, '')];
  return columns.find(({ id }) => same.includes(id))?.better;
}
