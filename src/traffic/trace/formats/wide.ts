import { UsageError } from '../../../errors.ts';
import { spellDuration } from '../../../units.ts';
import { type Skip, skips } from '../account.ts';
import type { FormatContext, TraceFormat, TraceParser } from '../format.ts';
import { CsvSplitter } from '../text/csv.ts';
import { parseCost } from '../text/numbers.ts';
import { columnOf, Spans } from '../text/spans.ts';
import { areInstants } from './byvalues.ts';
import { guessField } from './guess.ts';
import { firstCountColumn } from './header.ts';
import { type Table, tableOf } from './table.ts';

/** Counts above 0 that a table may have: it is turned in memory, at 12 bytes each. */
const maxCells = 1 << 25;

/** Columns in a day tell the step: 1440 are minutes. */
const dayUs = 86_400e6;

/**
 * A wide table, one row a client or function, one column a step of a day (Azure Functions 2019: "invocations per
 * function", 1440 columns). Times are by columns and rows come by keys, so the counts are kept and turned at the end.
 */
class WideLines implements TraceParser {
  readonly title: string;
  readonly hasDurations = false;
  readonly exact = true;
  readonly countStepUs: number;
  readonly #splitter: CsvSplitter;
  readonly #spans = new Spans();
  readonly #first: number;
  readonly #last: number;
  readonly #key: number;
  readonly #header: string;
  readonly #names: Buffer[] = [];
  #cells = 0;
  #columns = new Uint32Array(4096);
  #rows = new Uint32Array(4096);
  #counts = new Uint32Array(4096);

  constructor(
    private readonly table: Table,
    private readonly context: FormatContext,
  ) {
    const { fields } = table;
    this.#first = firstCountColumn(fields);
    this.#last = fields.length - 1;
    const steps = fields.length - this.#first;
    this.countStepUs =
      dayUs % steps === 0 && [24, 96, 144, 288, 1440, 86_400].includes(steps) ? dayUs / steps : 60e6;
    this.#key = keyColumn(table, this.#first, context);
    this.#splitter = new CsvSplitter(fields, table.delimiter);
    [this.#header] = fields;
    this.title = `counts per ${spellDuration(this.countStepUs)} in columns, CSV`;
  }

  notes(): readonly string[] {
    const { fields } = this.table;
    return [
      `fields taken: key: ${fields[this.#key]}; counts: ${fields[this.#first]} to ${fields[this.#last]}, one column each ${spellDuration(this.countStepUs)} from time 0`,
    ];
  }

  line(buf: Buffer, from: number, to: number): Skip | undefined {
    const spans = this.#spans;
    const problem = this.#splitter.split(buf, from, to, spans, this.#last);
    if (problem) return problem;
    if (spans.text(0) === this.#header) return skips.header;
    if (spans.isAbsent(this.#last)) return skips.wrongShape;
    const cells = this.#cells;
    for (let column = this.#first; column <= this.#last; column++) {
      const count = parseCost(spans.buf, spans.from[column], spans.to[column]);
      if (Number.isNaN(count)) {
        this.#cells = cells; // what the row gave so far is taken back
        return skips.badCount;
      }
      if (count > 0) this.#keep(column - this.#first, count);
    }
    this.#names.push(Buffer.from(spans.text(this.#key)));
    return undefined;
  }

  *rest(): Generator<Skip | undefined> {
    const order = this.#byColumn();
    for (const cell of order) {
      const name = this.#names[this.#rows[cell]];
      yield this.context.sink.add(
        this.#columns[cell] * this.countStepUs,
        name,
        0,
        name.length,
        this.#counts[cell],
        0,
      );
    }
  }

  #keep(column: number, count: number): void {
    if (this.#cells === this.#columns.length) this.#widen();
    this.#columns[this.#cells] = column;
    this.#rows[this.#cells] = this.#names.length;
    this.#counts[this.#cells++] = count;
  }

  #widen(): void {
    if (this.#cells >= maxCells) {
      throw new UsageError(
        `${this.context.file}: more than ${maxCells} counts above 0 in a wide table, which must be held in memory; split it by rows and give several --trace`,
      );
    }
    const wider = (old: Uint32Array) => {
      const next = new Uint32Array(old.length * 2);
      next.set(old);
      return next;
    };
    this.#columns = wider(this.#columns);
    this.#rows = wider(this.#rows);
    this.#counts = wider(this.#counts);
  }

  /** Counting sort: cells by column, rows of one column in the order of the file. */
  #byColumn(): Uint32Array {
    const starts = new Uint32Array(this.#last - this.#first + 2);
    for (let cell = 0; cell < this.#cells; cell++) starts[this.#columns[cell] + 1]++;
    for (let column = 1; column < starts.length; column++) starts[column] += starts[column - 1];
    const order = new Uint32Array(this.#cells);
    for (let cell = 0; cell < this.#cells; cell++) order[starts[this.#columns[cell]]++] = cell;
    return order;
  }
}

/** The most specific id: the column with most distinct values; of equals the last that is named as an id. */
function keyColumn({ fields, rows }: Table, first: number, { options, file }: FormatContext): number {
  if (options.key !== undefined) {
    const column = columnOf(fields, options.key);
    if (column < 0)
      throw new UsageError(
        `${file}: there is no column "${options.key}"; it has: ${fields.slice(0, first).join(', ')}`,
      );
    return column;
  }
  const distinct = fields.slice(0, first).map((name, column) => {
    const named = /function|hash|id|key|client|name|user/i.test(name) ? 0.5 : 0;
    return new Set(rows.map((row) => row[column])).size + named;
  });
  return distinct.lastIndexOf(Math.max(...distinct));
}

/** Rows that are steps of a time have columns that are clients: the table lies the other way round. */
function refuseTimeRows({ fields, rows }: Table, { file, options }: FormatContext): void {
  const place = fields.indexOf(guessField(fields.slice(0, firstCountColumn(fields)), 'time') ?? '');
  if (options.key !== undefined || place < 0 || !areInstants(rows.map((row) => row[place]))) return;
  throw new UsageError(
    `${file}: a table of counts whose rows are times (column ${fields[place]}) and whose columns are clients; write it as rows of time, client and count`,
  );
}

export const wideCounts: TraceFormat = {
  name: 'wide-counts',
  title: 'counts in columns',
  about:
    'A table with one row a client and one column a minute of the day, as Azure Functions 2019; at most 33,554,432 counts above 0',
  defaults: { time: 'the columns', key: 'the most specific id' },
  open(context) {
    const table = tableOf(context);
    if (table === undefined || table.header === undefined || firstCountColumn(table.fields) <= 0)
      return undefined;
    refuseTimeRows(table, context);
    return new WideLines(table, context);
  },
};
