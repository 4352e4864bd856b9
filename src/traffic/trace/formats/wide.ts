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
import { WideCells } from './widecells.ts';

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
  readonly #cells: WideCells;

  constructor(
    private readonly table: Table,
    private readonly context: FormatContext,
  ) {
    const { fields } = table;
    this.#first = firstCountColumn(fields);
    this.#last = fields.length - 1;
    const steps = fields.length - this.#first;
    this.#cells = new WideCells(context.file);
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
    const cells = this.#cells.length;
    for (let column = this.#first; column <= this.#last; column++) {
      const count = parseCost(spans.buf, spans.from[column], spans.to[column]);
      if (Number.isNaN(count)) {
        this.#cells.length = cells; // what the row gave so far is taken back
        return skips.badCount;
      }
      if (count > 0) this.#cells.add(column - this.#first, this.#names.length, count);
    }
    this.#names.push(Buffer.from(spans.text(this.#key)));
    return undefined;
  }

  *rest(): Generator<Skip | undefined> {
    const { columns, rows, counts } = this.#cells;
    for (const cell of this.#cells.byColumn()) {
      const name = this.#names[rows[cell]];
      const timeUs = columns[cell] * this.countStepUs;
      yield this.context.sink.add(timeUs, name, 0, name.length, counts[cell], 0);
    }
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
