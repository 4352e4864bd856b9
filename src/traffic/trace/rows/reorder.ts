import { type Skip, skips } from '../account.ts';
import type { KeyTable } from '../keys.ts';
import type { RowColumns } from './columns.ts';
import { sortedOrder } from './sort.ts';

/** Rows that one file may hold back to sort them: 28 bytes each, twice while sorting. */
export const reorderRows = 1 << 18;

/**
 * Times that a trace may have, in microseconds since 1970: from 1898 to 2184. Any two of them differ by less than 2^53,
 * so that times relative to the first request stay exact.
 */
const minUs = -(2 ** 51);
const maxUs = 2 ** 53 - 2 ** 51 - 1;

/** Where parsers put what they found. */
export interface RowSink {
  /** Takes one request, or tells why it cannot. The key is text in `buf[from, to)`. */
  add(
    timeUs: number,
    buf: Uint8Array,
    from: number,
    to: number,
    cost: number,
    durationUs: number,
  ): Skip | undefined;
}

/**
 * Puts rows in time order within a bounded buffer: when it is full it is sorted and its older half is given out, so a
 * row may be late by at least half a buffer. What is older than rows already given out is refused.
 *
 * With a grain, stamps are floored to it and rows of one stamp are given out together, because they are spread over the
 * grain as one group. Only a stamp with more rows than the buffer holds is given out in parts (`partial`).
 */
export class ReorderBuffer implements RowSink {
  readonly timeUs: Float64Array;
  readonly durationUs: Float64Array;
  readonly key: Uint32Array;
  readonly cost: Uint32Array;
  /** Rows held. */
  length = 0;
  /** First row not yet given out. */
  head = 0;
  /** Rows before this one are in their final order. */
  ready = 0;
  /** The last ready row's stamp has more rows to come. */
  partial = false;
  /** Requests earlier than the one read before them. */
  outOfOrder = 0;
  #previousUs = Number.NEGATIVE_INFINITY;
  #floorUs = Number.NEGATIVE_INFINITY;
  #dirty = false;

  constructor(
    private readonly keys: KeyTable,
    private readonly grainUs: number,
    private readonly columns: RowColumns,
  ) {
    this.timeUs = columns.timeUs;
    this.durationUs = columns.durationUs;
    this.key = columns.key;
    this.cost = columns.cost;
  }

  get full(): boolean {
    return this.length === this.columns.capacity;
  }

  add(
    stampUs: number,
    buf: Uint8Array,
    from: number,
    to: number,
    cost: number,
    durationUs: number,
  ): Skip | undefined {
    if (!(stampUs >= minUs && stampUs <= maxUs)) return skips.outOfRange;
    const timeUs = this.grainUs === 0 ? stampUs : Math.floor(stampUs / this.grainUs) * this.grainUs;
    if (timeUs < this.#floorUs) return skips.late;
    if (timeUs < this.#previousUs) this.outOfOrder++;
    this.#previousUs = timeUs;
    const row = this.length++;
    if (row > 0 && timeUs < this.timeUs[row - 1]) this.#dirty = true;
    this.timeUs[row] = timeUs;
    this.durationUs[row] = durationUs;
    this.key[row] = this.keys.intern(buf, from, to);
    this.cost[row] = cost;
    return undefined;
  }

  /** Sorts what is held and readies its older half, or all of it at the end. */
  settle(final: boolean): void {
    if (this.#dirty) this.#sort();
    this.partial = false;
    this.ready = final ? this.length : this.#cut();
    if (this.ready === 0) return;
    const lastUs = this.timeUs[this.ready - 1];
    this.#floorUs = this.grainUs === 0 || this.partial ? lastUs : lastUs + 1;
  }

  /** Drops the rows that were given out; the rest moves to the front. */
  compact(): void {
    this.columns.moveToFront(this.head, this.length);
    this.length -= this.head;
    this.ready -= this.head;
    this.head = 0;
  }

  /** The middle, moved to the nearest boundary between stamps when they must not be parted. */
  #cut(): number {
    const middle = this.length >>> 1;
    if (this.grainUs === 0) return middle;
    const stampUs = this.timeUs[middle];
    let start = middle;
    while (start > 0 && this.timeUs[start - 1] === stampUs) start--;
    if (start > 0) return start;
    let end = middle;
    while (end < this.length && this.timeUs[end] === stampUs) end++;
    if (end < this.length) return end;
    this.partial = true;
    return middle;
  }

  #sort(): void {
    this.columns.permute(sortedOrder(this.timeUs, this.length));
    this.#dirty = false;
  }
}
