import { TimeReader } from '../time/reader.ts';

/**
 * The first cells are words: neither numbers nor times, but perhaps shares as `99%`. A table of counts goes on with the numbers
 * of its columns.
 */
export function looksLikeHeader(row: readonly string[]): boolean {
  const words = row.filter(
    (cell) =>
      /^(?:[^\d\s:][^:]*|\d[\d.]*%)$/.test(cell) &&
      !isTime(cell) &&
      Number.isNaN(Number(cell)) &&
      !/^\d+(\.\d+){3}$/.test(cell),
  );
  const filled = row.filter((cell) => cell !== '').length; // rows may end in a delimiter
  return (
    (words.length === filled && filled > 0) ||
    (words.length > 0 && startsWithWord(row) && restAreConsecutive(row)) ||
    (words.length >= row.length * 0.7 && !row.some((cell) => isTime(cell) || /\d{6}/.test(cell)))
  );
}

function startsWithWord(row: readonly string[]): boolean {
  return Number.isNaN(Number(row[0]));
}

function restAreConsecutive(row: readonly string[]): boolean {
  return firstCountColumn(row) > 0;
}

/** Where the columns `1, 2, 3 …` (or from 0) begin that go on to the end, at least ten of them; -1 when there are none. */
export function firstCountColumn(fields: readonly string[]): number {
  let first = fields.length - 1;
  while (first > 0 && Number(fields[first]) === Number(fields[first - 1]) + 1) first--;
  return fields.length - first >= 10 && Number(fields[first]) <= 1 ? first : -1;
}

/** Whether a cell is a time: a date, or a plain number. A time of day may as well be how long something took. */
export function isTime(cell: string): boolean {
  if (isTimeOfDay(cell)) return false;
  const bytes = Buffer.from(cell);
  return Number.isFinite(new TimeReader().us(bytes, 0, bytes.length));
}

export function isTimeOfDay(cell: string): boolean {
  return /^\d{1,2}:\d\d:\d\d(?:[.,]\d+)?(?: ?[AaPp]\.?[Mm]\.?)?$/.test(cell);
}

const dateAlone =
  /^\[?(?:\d{4}[-/]\d\d[-/]\d\d|(?:199|20\d)\d[01]\d[0-3]\d|\d{1,2}([./-])\d{1,2}\1\d{2}(?:\d{2})?)$/;

/** Whether a cell is a date whose time of day stands elsewhere. */
export function isDateAlone(cell: string): boolean {
  return dateAlone.test(cell);
}
