import { UsageError } from '../../../errors.ts';
import type { FormatContext } from '../format.ts';
import { bar, blank, comma, semicolon, tab } from '../text/bytes.ts';
import { isDateAlone, isTime, isTimeOfDay, looksLikeHeader } from './header.ts';
import { timeParts } from './names.ts';
import type { Columns } from './pick.ts';
import { type Row, rowsOf } from './tablerows.ts';

/** How a table of separated values is laid out, found from the head of the file. */
export interface Table {
  readonly delimiter: number;
  /** The names in the first row, or `1`, `2`, … where there is no such row. */
  readonly fields: readonly string[];
  /** The row of the names as it is written, where there is one. */
  readonly header: string | undefined;
  /** The first rows below the header, at most 200, cut into cells. */
  readonly rows: readonly string[][];
}

/** Comma, tab, semicolon, bar; blanks part a table only where none of these does. */
const marks = [comma, tab, semicolon, bar];
/** Lines before a table that are none of it: a title, what is left of a line that was cut. */
const mostBefore = 10;

/** What Excel is told of the delimiter, the rules of tables that are drawn, and how many rows psql says it printed. */
const aboutRows = /^(?:sep=.|\(\d+ rows?\))$/i;
const rule = /^[-+|=: ]+$/;

/** Whether a line of a table is neither a row of it nor a comment. */
export function tellsOfRows(line: string): boolean {
  return aboutRows.test(line) || (rule.test(line) && line.includes('--'));
}

/** Blank lines and comments. */
const noText = /^(?:\s*$|#)/;

/** A way to read the sample as a table, and how many rows stand before it that are none of it. */
interface Reading {
  readonly table: Table;
  readonly before: number;
}

/** The table that the sample is, or nothing when it has no constant shape: of several one of all rows, with most columns. */
export function tableOf(context: FormatContext): Table | undefined {
  const lines = context.sample.lines.filter((line) => !noText.test(line) && !tellsOfRows(line));
  if (lines.length === 0 || /^[[{<]/.test(lines[0])) return undefined;
  const readings = marks.map((mark) => readBy(mark, lines)).filter((reading) => reading !== undefined);
  if (readings.length > 0) return readings.reduce((best, next) => (isBetter(next, best) ? next : best)).table;
  return (
    readBy(blank, lines)?.table ??
    oneColumn(rowsOf(lines, comma), context.options.ratePerSecond !== undefined)
  );
}

function isBetter(next: Reading, best: Reading): boolean {
  const nextIsWhole = next.before === 0;
  if (nextIsWhole !== (best.before === 0)) return nextIsWhole;
  return next.table.fields.length > best.table.fields.length;
}

function readBy(delimiter: number, lines: readonly string[]): Reading | undefined {
  const head = lines.slice(0, mostBefore + 1);
  if (!head.some((line) => line.includes(String.fromCharCode(delimiter)))) return undefined;
  const all = rowsOf(lines, delimiter);
  const rows = withoutPreamble(all);
  if (!isTable(rows) || isDecimalComma(rows, delimiter)) return undefined;
  return { table: asTable(rows, delimiter), before: all.length - rows.length };
}

/** The rows from the first one that is as wide as most are, or from names of nearly so many columns. */
function withoutPreamble(rows: readonly Row[]): readonly Row[] {
  const counts = new Map<number, number>();
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const [usual] = [...counts].reduce((most, next) => (next[1] > most[1] ? next : most), [0, 0]);
  const start = rows.findIndex(
    ({ cells }) => cells.length === usual || (cells.length * 2 > usual && looksLikeHeader(cells)),
  );
  return start <= mostBefore && usual > 1 ? rows.slice(start) : rows;
}

/** Whether the commas are those of `13:55:36,123 INFO`, as many Java and Python programs write times. */
function isDecimalComma(rows: readonly Row[], delimiter: number): boolean {
  return (
    delimiter === comma &&
    rows.every(({ cells: [first, second] }) => /:\d\d$/.test(first) && /^\d{3}(?:\D|$)/.test(second ?? ''))
  );
}

/** Times alone, one a line: prose has no times. Who gives a rate says that lines are requests, whatever they hold. */
function oneColumn(rows: readonly Row[], anything: boolean): Table | undefined {
  const times = rows.filter(({ cells }) => cells.length === 1 && isTime(cells[0]));
  const enough = times.length > 0 && times.length >= rows.length * 0.5;
  return anything || enough ? asTable(rows, comma) : undefined;
}

/** Nearly all rows have the same number of cells, two or more. */
function isTable(rows: readonly Row[]): boolean {
  if (rows.length === 0) return false;
  const body = rows.length > 1 ? rows.slice(1) : rows;
  const width = body[0].cells.length;
  return width > 1 && body.filter(({ cells }) => cells.length === width).length >= body.length * 0.5;
}

/** The header is the first row, or the only row of words among the first few, behind what is left of damaged lines. */
function asTable(rows: readonly Row[], delimiter: number): Table {
  const headers = rows.slice(0, mostBefore).filter(({ cells }) => looksLikeHeader(cells));
  const header = headers[0] === rows[0] || headers.length === 1 ? headers[0] : undefined;
  const below = header === undefined ? rows : rows.slice(rows.indexOf(header) + 1);
  const fields =
    header === undefined
      ? rows[0].cells.map((_, index) => String(index + 1))
      : namesOf(header.cells, below[0]?.cells ?? [], delimiter);
  return { delimiter, fields, header: header?.text, rows: below.map(({ cells }) => cells) };
}

/** The names of a header; where blanks part the cells, a time that is one name may be two of them. */
function namesOf(header: readonly string[], row: readonly string[], delimiter: number): readonly string[] {
  const date = row.findIndex((cell, at) => isDateAlone(cell) && isTimeOfDay(row[at + 1] ?? ''));
  if (delimiter !== blank || date < 0 || row.length !== header.length + 1) return header;
  return [...header.slice(0, date + 1), `${header[date]} of day`, ...header.slice(date + 1)];
}

/** A table's fields with the cells of its first rows. */
export function columnsOf({ fields, rows, header }: Table): Columns {
  return {
    fields,
    values: (field) => {
      const place = fields.indexOf(field);
      return rows.map((row) => row[place] ?? '');
    },
    named: header !== undefined,
  };
}

export function refuseWithoutTime(context: FormatContext, fields: readonly string[]): never {
  if (fields.length === 0)
    throw new UsageError(`${context.file}: its objects are empty: there is nothing to replay`);
  const parts = timeParts(fields);
  if (parts.length > 1)
    throw new UsageError(
      `${context.file}: the time lies in several fields (${parts.join(', ')}); write it as one, such as 2023-11-14 22:13:20`,
    );
  throw new UsageError(
    `${context.file}: no field holds the time; name it with --time (${fields.slice(0, 20).join(', ')}), or give --rate to replay the lines in their order`,
  );
}
