/** Which cells of a column are the best and the worst of it. */
import type { Column } from './columns/index.ts';

export type Mark = 'best' | 'worst';

export const markSigns: Readonly<Record<Mark, string>> = { best: '▲', worst: '▼' };

/**
 * The mark of each value. Values that are spelled alike are alike: a difference that the reader cannot see wins nothing.
 * Nothing is marked when all are alike; nulls are never marked.
 */
export function marksOf(
  { better, format }: Pick<Column, 'better' | 'format'>,
  values: readonly (number | null)[],
): (Mark | undefined)[] {
  const known = values.filter((value) => value !== null);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  if (better === undefined || known.length === 0 || format(least) === format(most))
    return values.map(() => undefined);
  const [best, worst] = better === 'lower' ? [format(least), format(most)] : [format(most), format(least)];
  return values.map((value) => {
    if (value === null) return undefined;
    const spelled = format(value);
    return spelled === best ? 'best' : spelled === worst ? 'worst' : undefined;
  });
}
