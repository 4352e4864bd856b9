import { ArrivalBatch } from '../algorithms/batch.ts';
import type { RequestStream } from './stream.ts';

/** Rows that each stream makes ahead, and the most rows of all streams together. */
const rowsAhead = 1024;
const poolRows = 2 ** 18;

/**
 * Merges streams by time; at the same instant the earlier stream of the scenario comes first.
 * Each stream writes ahead into its own stretch of one pool of columns. A winner tree over the streams' next times
 * (Knuth, TAOCP 3, 5.4.1) finds the next row in log2(streams) comparisons.
 *   node:   1          the winner of all
 *          2 3         of streams 0-1 and 2-3
 *        4 5 6 7       streams 0 1 2 3 themselves; a missing or ended stream is never earlier than any other
 */
export class Merge {
  readonly #pool: ArrivalBatch;
  /** Rows of the pool that belong to each stream. */
  readonly #stretch: number;
  readonly #leaves: number;
  readonly #node: Uint32Array;
  /** Each stream's next time; Infinity at its end. */
  readonly #headUs: Float64Array;
  /** Each stream's next row in the pool, and the end of its rows. */
  readonly #row: Uint32Array;
  readonly #end: Uint32Array;

  constructor(private readonly streams: readonly RequestStream[]) {
    const count = streams.length;
    this.#stretch = Math.max(16, Math.min(rowsAhead, Math.floor(poolRows / count)));
    this.#pool = new ArrivalBatch(this.#stretch * count);
    this.#leaves = 2 ** Math.ceil(Math.log2(Math.max(2, count)));
    this.#node = Uint32Array.from({ length: 2 * this.#leaves }, (_, i) => i % this.#leaves);
    this.#headUs = new Float64Array(this.#leaves).fill(Number.POSITIVE_INFINITY);
    this.#row = new Uint32Array(count);
    this.#end = new Uint32Array(count);
    for (let i = 0; i < count; i++) this.#refill(i);
    for (let i = 0; i < this.#leaves; i += 2) this.#replay(i);
  }

  /** Fills the batch from row 0 and returns the number of rows. */
  fill(batch: ArrivalBatch): number {
    const { timeUs, durationUs, key, tenant, cost } = batch;
    const pool = this.#pool;
    const node = this.#node;
    const headUs = this.#headUs;
    const nextRow = this.#row;
    let row = 0;
    for (; row < batch.capacity; row++) {
      const winner = node[1];
      const nowUs = headUs[winner];
      if (nowUs === Number.POSITIVE_INFINITY) break;
      const from = nextRow[winner];
      timeUs[row] = nowUs;
      durationUs[row] = pool.durationUs[from];
      key[row] = pool.key[from];
      tenant[row] = pool.tenant[from];
      cost[row] = pool.cost[from];
      if (from + 1 < this.#end[winner]) {
        nextRow[winner] = from + 1;
        headUs[winner] = pool.timeUs[from + 1];
      } else {
        this.#refill(winner);
      }
      this.#replay(winner);
    }
    batch.keys = Math.max(batch.keys, pool.keys);
    return row;
  }

  #refill(index: number): void {
    const from = index * this.#stretch;
    const rows = this.streams[index].fill(this.#pool, from, from + this.#stretch);
    this.#row[index] = from;
    this.#end[index] = from + rows;
    this.#headUs[index] = rows > 0 ? this.#pool.timeUs[from] : Number.POSITIVE_INFINITY;
  }

  /**
   * Plays the matches again on the way from a stream to the root. Who wins is as random as the arrivals, so a match
   * is decided by a mask and not by a branch: that halves the time of a merge of eight.
   */
  #replay(index: number): void {
    const node = this.#node;
    const headUs = this.#headUs;
    for (let at = (index + this.#leaves) >> 1; at > 0; at >>= 1) {
      const left = node[2 * at];
      const right = node[2 * at + 1];
      node[at] = left ^ ((left ^ right) & -Number(headUs[left] > headUs[right]));
    }
  }
}
