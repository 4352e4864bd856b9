import { UsageError } from '../../../errors.ts';
import { type Skip, skips } from '../account.ts';
import type { FormatContext } from '../format.ts';
import type { FieldRoles } from '../roles.ts';
import { CsvSplitter } from '../text/csv.ts';
import { printable } from '../text/printable.ts';
import { PickedLines } from './pickedlines.ts';
import { type Table, tellsOfRows } from './table.ts';

const shownChars = 100;

/** Rows of a table, the first of which may be its header. */
export class TableLines extends PickedLines {
  #headerBytes: Buffer | undefined;
  readonly #file: string;

  constructor(
    title: string,
    private readonly table: Table,
    roles: FieldRoles,
    context: FormatContext,
    decided: readonly string[],
  ) {
    super(title, new CsvSplitter(table.fields, table.delimiter), roles, context, decided);
    this.#file = context.file;
    this.#headerBytes = table.header === undefined ? undefined : Buffer.from(table.header);
  }

  /** The header is skipped wherever it stands, because files are often made by joining others. */
  override line(buf: Buffer, from: number, to: number): Skip | undefined {
    if (this.isHeader(buf, from, to)) return skips.header;
    if (
      mayTellOfRows(buf[from]) &&
      tellsOfRows(buf.toString('latin1', from, Math.min(to, from + longestRule)))
    )
      return skips.directive;
    const skip = super.line(buf, from, to);
    return skip === skips.badTime && this.#hasNames(buf.toString('utf8', from, to)) ? skips.header : skip;
  }

  /** Whether a row holds the names of the columns, written otherwise. In another order they would change what all below them mean. */
  #hasNames(row: string): boolean {
    const { header, delimiter } = this.table;
    if (header === undefined || row.length !== header.length) return false;
    const names = (text: string) => text.toLowerCase().split(String.fromCharCode(delimiter));
    const [own, others] = [names(header), names(row)];
    if (own.join() === others.join()) return true;
    if (own.sort().join() !== others.sort().join()) return false;
    throw new UsageError(
      `${this.#file}: its columns change their order within the file, at ${printable(Buffer.from(row), shownChars)}; give each part as a file of its own`,
    );
  }

  protected isHeader(buf: Buffer, from: number, to: number): boolean {
    const header = this.#headerBytes;
    return (
      header !== undefined &&
      buf[from] === header[0] &&
      to - from === header.length &&
      header.compare(buf, from, to) === 0
    );
  }
}

/** `sep=;`, `+----+`, `|---|`, `---` and `(7 rows)`; other rows need not be looked at. */
function mayTellOfRows(first: number): boolean {
  return beginnings.includes(first);
}

const beginnings = Buffer.from('sS+|-=:( ');
const longestRule = 4096;

const kinds: Record<number, string> = {
  9: 'TSV',
  44: 'CSV',
  59: 'CSV (;)',
  124: 'CSV (|)',
  32: 'table parted by blanks',
};

export function tableTitle(table: Table): string {
  return kinds[table.delimiter];
}
