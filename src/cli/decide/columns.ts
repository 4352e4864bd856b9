import { noneCalled } from '../../did-you-mean.ts';
import type { Spans } from '../../traffic/trace/text/spans.ts';
import type { Place } from './place.ts';

const names = ['t_us', 'key', 'cost', 'duration_us'] as const;
export type ColumnName = (typeof names)[number];

/** A row has no more cells than there are columns. */
export const mostCells = names.length;

/** Which cell of a row is what; a cell that no row has where there is no such column. */
export interface Columns extends Readonly<Record<ColumnName, number>> {
  /** Whether the first row has the names, and is no request. */
  readonly named: boolean;
  /** Cells that a row may have. */
  readonly count: number;
}

const usual: Columns = { named: false, count: mostCells, t_us: 0, key: 1, cost: 2, duration_us: 3 };

/** As the first row says: names in any order, or else a request in the usual order. Throws UsageError. */
export function columnsOf(spans: Spans, count: number, place: Place): Columns {
  if (count > mostCells) place.fail(`${count} columns; a row is ${names.join(',')}`);
  const found = Array.from({ length: count }, (_, cell) => spans.text(cell));
  const isNumber = /^[+-]?\d/.test(found[0]); // a request then, be its key called cost
  if (isNumber || !found.some(isName)) return usual;
  const unknown = found.find((name) => !isName(name));
  if (unknown !== undefined) place.fail(noneCalled('column', unknown.slice(0, 40), names));
  const twice = found.find((name, at) => found.indexOf(name) !== at);
  if (twice !== undefined) place.fail(`the column ${twice} is there twice`);
  const missing = ['t_us', 'key'].find((name) => !found.includes(name));
  if (missing !== undefined) place.fail(`there is no column ${missing}`);
  const cellOf = (name: ColumnName) => (found.includes(name) ? found.indexOf(name) : count);
  return {
    named: true,
    count,
    t_us: cellOf('t_us'),
    key: cellOf('key'),
    cost: cellOf('cost'),
    duration_us: cellOf('duration_us'),
  };
}

function isName(text: string): boolean {
  return (names as readonly string[]).includes(text);
}
