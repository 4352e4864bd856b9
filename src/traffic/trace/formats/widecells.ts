import { grown } from '../../../algorithms/columns.ts';
import { UsageError } from '../../../errors.ts';

/** A table is turned in memory, at 12 bytes a cell. */
const maxCells = 1 << 25;

/** The counts above 0 of a wide table: added row by row, and told column by column. */
export class WideCells {
  columns = new Uint32Array(4096);
  rows = new Uint32Array(4096);
  counts = new Uint32Array(4096);
  /** Cells that are there; may be set back to what it was. */
  length = 0;

  /** `file`: what messages call the table. */
  constructor(private readonly file: string) {}

  /** Throws UsageError when there are too many. */
  add(column: number, row: number, count: number): void {
    if (this.length === this.columns.length) this.#reserve(this.length + 1);
    this.columns[this.length] = column;
    this.rows[this.length] = row;
    this.counts[this.length++] = count;
  }

  /** The places of the cells by column, those of one column in the order of the file: a counting sort. */
  byColumn(): Uint32Array {
    const { columns, length } = this;
    let last = 0;
    for (let cell = 0; cell < length; cell++) last = Math.max(last, columns[cell]);
    const starts = new Uint32Array(last + 2);
    for (let cell = 0; cell < length; cell++) starts[columns[cell] + 1]++;
    for (let column = 1; column < starts.length; column++) starts[column] += starts[column - 1];
    const order = new Uint32Array(length);
    for (let cell = 0; cell < length; cell++) order[starts[columns[cell]]++] = cell;
    return order;
  }

  #reserve(cells: number): void {
    if (cells > maxCells) {
      throw new UsageError(
        `${this.file}: more than ${maxCells} counts above 0 in a wide table, which must be held in memory; split it by rows and give several --trace`,
      );
    }
    this.columns = grown(this.columns, cells);
    this.rows = grown(this.rows, cells);
    this.counts = grown(this.counts, cells);
  }
}
