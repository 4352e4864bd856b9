import { UsageError } from '../../errors.ts';
import type { Request } from '../../sim/decision-desk.ts';

const columnNames = ['t_us', 'key', 'cost', 'duration_us'] as const;
type ColumnName = (typeof columnNames)[number];
const mostCost = 0xffff_ffff;

/** Turns the rows of a CSV of requests into requests; the first row may name the columns, in any order. */
export class RequestRows {
  readonly #clampTime: boolean;
  readonly #needsDurations: boolean;
  #columns: Readonly<Partial<Record<ColumnName, number>>> | undefined;
  #firstUs: number | undefined;
  #lastUs = Number.NEGATIVE_INFINITY;

  /** `file`: what messages call the input. */
  constructor(
    readonly file: string,
    { clampTime, needsDurations }: { readonly clampTime: boolean; readonly needsDurations: boolean },
  ) {
    this.#clampTime = clampTime;
    this.#needsDurations = needsDurations;
  }

  /** The request of a row, or nothing for the row with the names. Throws UsageError that names the line. */
  read(record: readonly string[], line: number): Request | undefined {
    if (this.#columns === undefined) {
      const named = record.some((cell) => (columnNames as readonly string[]).includes(cell));
      this.#columns = named ? this.#header(record, line) : { t_us: 0, key: 1, cost: 2, duration_us: 3 };
      if (named) return undefined;
    }
    const { t_us, key, cost, duration_us } = this.#columns;
    if (record.length > columnNames.length)
      this.#fail(line, `${record.length} columns; a row is ${columnNames.join(',')}`);
    const timeUs = this.#integer(record, t_us, 't_us', line);
    return {
      timeUs,
      decidedAtUs: this.#clock(timeUs, line),
      key: this.#key(record, key, line),
      cost: record[cost ?? -1] === undefined ? 1 : this.#amount(record, cost, 'cost', line),
      durationUs: this.#duration(record, duration_us, line),
    };
  }

  #header(record: readonly string[], line: number): Partial<Record<ColumnName, number>> {
    const unknown = record.find((cell) => !(columnNames as readonly string[]).includes(cell));
    if (unknown !== undefined)
      this.#fail(line, `there is no column "${unknown}"; use ${columnNames.join(', ')}`);
    const twice = record.find((cell, at) => record.indexOf(cell) !== at);
    if (twice !== undefined) this.#fail(line, `the column ${twice} is there twice`);
    const missing = ['t_us', 'key'].find((name) => !record.includes(name));
    if (missing !== undefined) this.#fail(line, `there is no column ${missing}`);
    return Object.fromEntries(record.map((name, at) => [name, at]));
  }

  #clock(timeUs: number, line: number): number {
    if (timeUs < this.#lastUs && !this.#clampTime) {
      this.#fail(
        line,
        `time goes back from ${this.#lastUs} to ${timeUs}; sort the rows, or use --clock monotone`,
      );
    }
    this.#lastUs = Math.max(this.#lastUs, timeUs);
    this.#firstUs ??= timeUs;
    if (!Number.isSafeInteger(this.#lastUs - this.#firstUs)) {
      this.#fail(line, `time ${timeUs} is more than 2^53 µs after the first, ${this.#firstUs}`);
    }
    return this.#lastUs;
  }

  #key(record: readonly string[], column: number | undefined, line: number): string {
    const key = record[column ?? -1];
    return key ?? this.#fail(line, 'there is no key; each row is t_us,key,cost');
  }

  #duration(record: readonly string[], column: number | undefined, line: number): number {
    if (record[column ?? -1] !== undefined) return this.#amount(record, column, 'duration_us', line);
    if (!this.#needsDurations) return 0;
    return this.#fail(line, 'there is no duration_us, and this algorithm has to know how long requests take');
  }

  #amount(record: readonly string[], column: number | undefined, name: string, line: number): number {
    const amount = this.#integer(record, column, name, line);
    const most = name === 'cost' ? mostCost : Number.MAX_SAFE_INTEGER;
    return amount >= 0 && amount <= most
      ? amount
      : this.#fail(line, `${name} ${amount} is not in 0 … ${most}`);
  }

  #integer(record: readonly string[], column: number | undefined, name: string, line: number): number {
    const cell = record[column ?? -1] ?? '';
    const value = /^[+-]?\d+$/.test(cell) ? Number(cell) : Number.NaN;
    return Number.isSafeInteger(value)
      ? value
      : this.#fail(line, `${name} ${JSON.stringify(cell.slice(0, 40))} is not a whole number`);
  }

  #fail(line: number, problem: string): never {
    throw new UsageError(`${this.file}:${line}: ${problem}`);
  }
}
