import { maxKeyBytes } from '../../traffic/trace/keys.ts';
import { type Columns, columnsOf, mostCells } from './columns.ts';
import { type NumberKind, readNumber } from './number-cell.ts';
import type { Place } from './place.ts';
import { RowCutter } from './row-cutter.ts';
import { textStart } from './text-start.ts';

const beyond = Number.MAX_SAFE_INTEGER;
/** 142 years. Limiters add periods to the time since the first request, and such sums have to stay below 2^53. */
const longestUs = 2 ** 52;
const time: NumberKind = {
  name: 't_us',
  least: -beyond,
  most: beyond,
  advice: 'write microseconds such as 1500000, under a header or in rows t_us,key,cost',
};
const cost: NumberKind = { name: 'cost', least: 0, most: 0xffff_ffff, advice: 'write units such as 1' };
const duration: NumberKind = {
  name: 'duration_us',
  least: 0,
  most: longestUs,
  advice: 'write microseconds such as 1500',
};

export interface ReaderOptions {
  /** A step back in time holds the clock instead of ending the run. */
  readonly clampTime: boolean;
  /** A request has to say how long it takes. */
  readonly needsDurations: boolean;
}

/** Reads one request after another from the bytes of a CSV; the last of them stands in its fields. */
export class RequestReader {
  /** As given: any whole number of microseconds. */
  timeUs = 0;
  /** The instant at which it is decided: `timeUs`, unless the clock was held. Never goes backwards. */
  decidedAtUs = Number.NEGATIVE_INFINITY;
  cost = 1;
  durationUs = 0;
  /** The key is `bytes[keyFrom, keyTo)`. */
  keyFrom = 0;
  keyTo = 0;
  bytes: Buffer = Buffer.alloc(0);
  /** How many of the bytes were read. */
  used = 0;
  readonly #place: Place;
  readonly #options: ReaderOptions;
  readonly #row: RowCutter;
  #columns: Columns | undefined;
  #firstUs: number | undefined;
  #started = false;
  #last = false;

  constructor(place: Place, options: ReaderOptions) {
    this.#place = place;
    this.#options = options;
    this.#row = new RowCutter(place, mostCells);
  }

  /** Goes on with these bytes, which begin with what was not used of those before. `last`: no more will come. */
  hold(bytes: Buffer, last: boolean): void {
    this.bytes = bytes;
    this.used = 0;
    this.#last = last;
  }

  /** Reads the next request; false when it needs more bytes, or there is none. Throws UsageError that names the line. */
  next(): boolean {
    if (!this.#started && !this.#start()) return false;
    while (this.used < this.bytes.length) {
      const behind = this.#row.cut(this.bytes, this.used, this.#last);
      if (behind < 0) return false;
      const isRequest = !this.#row.isBlank && this.#read();
      this.used = behind;
      this.#place.line += this.#row.lines;
      if (isRequest) return true;
    }
    return false;
  }

  #start(): boolean {
    const start = textStart(this.bytes, this.#last, this.#place);
    this.#started = start >= 0;
    if (this.#started) this.used = start;
    return this.#started;
  }

  /** Reads a row; false when it has the names of the columns. */
  #read(): boolean {
    const { spans, cells } = this.#row;
    if (this.#columns === undefined) {
      this.#columns = columnsOf(spans, cells, this.#place);
      if (this.#columns.named) return false;
    }
    const columns = this.#columns;
    if (cells > columns.count) this.#place.fail(`${cells} cells in a row of ${columns.count} columns`);
    this.#readKey(columns.key);
    this.timeUs = this.#number(time, columns.t_us);
    this.#tick();
    this.cost = columns.cost < cells ? this.#number(cost, columns.cost) : 1;
    this.durationUs =
      columns.duration_us < cells ? this.#number(duration, columns.duration_us) : this.#none();
    return true;
  }

  #readKey(cell: number): void {
    if (cell >= this.#row.cells)
      this.#place.fail('there is no key; each row is t_us,key,cost, parted by commas');
    this.keyFrom = this.#row.spans.from[cell];
    this.keyTo = this.#row.spans.to[cell];
    const length = this.keyTo - this.keyFrom;
    if (length > maxKeyBytes) this.#place.fail(`a key of ${length} bytes; it may have up to ${maxKeyBytes}`);
  }

  /** The clock goes to the time of the request. */
  #tick(): void {
    const { timeUs, decidedAtUs } = this;
    if (timeUs >= decidedAtUs) this.decidedAtUs = timeUs;
    else if (!this.#options.clampTime)
      this.#place.fail(
        `time goes back from ${decidedAtUs} to ${timeUs}; sort the rows, or use --clock monotone`,
      );
    this.#firstUs ??= timeUs;
    if (this.decidedAtUs - this.#firstUs > longestUs)
      this.#place.fail(`time ${timeUs} is more than 2^52 µs after the first, ${this.#firstUs}`);
  }

  /** The duration of a request that tells none. */
  #none(): number {
    if (!this.#options.needsDurations) return 0;
    return this.#place.fail(
      'there is no duration_us, and this algorithm has to know how long requests take; write t_us,key,cost,duration_us',
    );
  }

  #number(kind: NumberKind, cell: number): number {
    if (cell >= this.#row.cells) this.#place.fail(`there is no ${kind.name}; ${kind.advice}`);
    const { from, to } = this.#row.spans;
    return readNumber(kind, this.bytes, from[cell], to[cell], this.#place);
  }
}
