import FlatQueue from 'flatqueue';
import { type Draw, fineDraw, needsFineDraw } from '../../random.ts';
import type { ReorderBuffer } from './reorder.ts';

/** Which key each arrival of a step belongs to. */
export interface KeyDraw {
  /** Takes the counts of the rows from `rows.head` to `end`; answers their sum. */
  start(rows: ReorderBuffer, end: number): number;
  fill(into: Uint32Array, from: number, to: number): void;
}

/**
 * Poisson: keys drawn without replacement. Independent uniform instants of several keys are exchangeable, so this has
 * the same law as placing each key by itself. Remaining counts stand in a Fenwick tree: a draw costs log2(keys).
 */
export class RandomDraw implements KeyDraw {
  #keys = new Uint32Array(0);
  #tree = new Float64Array(1);
  #size = 0;
  #left = 0;

  constructor(private readonly random: Draw) {}

  start(rows: ReorderBuffer, end: number): number {
    this.#keys = rows.key.slice(rows.head, end);
    this.#size = end - rows.head;
    this.#tree = new Float64Array(this.#size + 1);
    this.#left = 0;
    for (let i = 1; i <= this.#size; i++) {
      const count = rows.cost[rows.head + i - 1];
      this.#left += count;
      this.#tree[i] += count;
      const parent = i + (i & -i);
      if (parent <= this.#size) this.#tree[parent] += this.#tree[i];
    }
    return this.#left;
  }

  fill(into: Uint32Array, from: number, to: number): void {
    if (this.#size === 1) {
      into.fill(this.#keys[0], from, to);
      return;
    }
    for (let at = from; at < to; at++) into[at] = this.#keys[this.#draw()];
  }

  /** Finds the row that holds the drawn unit and takes it; the tree is descended from its widest span. */
  #draw(): number {
    const share = needsFineDraw(this.#left) ? fineDraw(this.random) : this.random();
    let unit = Math.floor(share * this.#left--);
    let row = 0;
    for (let span = 1 << (31 - Math.clz32(this.#size)); span > 0; span >>>= 1) {
      const next = row + span;
      if (next > this.#size) continue;
      if (this.#tree[next] <= unit) {
        unit -= this.#tree[next];
        row = next;
      } else {
        this.#tree[next]--;
      }
    }
    return row;
  }
}

/** Uniform: the key with the smallest share of its count placed comes next. None: one key after another. */
export class EvenDraw implements KeyDraw {
  #keys = new Uint32Array(0);
  #counts = new Uint32Array(0);
  #given = new Uint32Array(0);
  readonly #queue = new FlatQueue<number>();

  constructor(private readonly oneByOne: boolean) {}

  start(rows: ReorderBuffer, end: number): number {
    this.#keys = rows.key.slice(rows.head, end);
    this.#counts = rows.cost.slice(rows.head, end);
    this.#given = new Uint32Array(this.#keys.length);
    this.#queue.clear();
    let total = 0;
    for (let row = 0; row < this.#keys.length; row++) {
      total += this.#counts[row];
      if (this.#counts[row] > 0) this.#queue.push(row, this.#rank(row));
    }
    return total;
  }

  fill(into: Uint32Array, from: number, to: number): void {
    for (let at = from; at < to; at++) {
      const row = this.#queue.pop() as number; // never empty: `start` told how many there are
      into[at] = this.#keys[row];
      this.#given[row]++;
      if (this.#given[row] < this.#counts[row]) this.#queue.push(row, this.#rank(row));
    }
  }

  #rank(row: number): number {
    return this.oneByOne ? row : (this.#given[row] + 0.5) / this.#counts[row];
  }
}
