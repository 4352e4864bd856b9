import { type Skip, skips } from '../account.ts';
import type { FormatContext } from '../format.ts';
import type { FieldRoles } from '../roles.ts';
import { CsvSplitter } from '../text/csv.ts';
import { PickedLines } from './pickedlines.ts';
import type { Table } from './table.ts';

/** Rows of a table, the first of which may be its header. */
export class TableLines extends PickedLines {
  #headerBytes: Buffer | undefined;

  constructor(
    title: string,
    table: Table,
    roles: FieldRoles,
    context: FormatContext,
    decided: readonly string[],
  ) {
    super(title, new CsvSplitter(table.fields, table.delimiter), roles, context, decided);
    this.#headerBytes = table.header === undefined ? undefined : Buffer.from(table.header);
  }

  /** The header is skipped wherever it stands, because files are often made by joining others. */
  override line(buf: Buffer, from: number, to: number): Skip | undefined {
    if (this.isHeader(buf, from, to)) return skips.header;
    return tellsDelimiter(buf, from, to) ? skips.directive : super.line(buf, from, to);
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

/** `sep=;`, by which Excel is told what parts the cells. */
function tellsDelimiter(buf: Buffer, from: number, to: number): boolean {
  return to - from === 5 && buf[from + 3] === equals && /^sep=.$/i.test(buf.toString('latin1', from, to));
}

const equals = 61;

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
