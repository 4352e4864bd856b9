/** The columns of requests that are held back to be sorted. */
export class RowColumns {
  readonly timeUs: Float64Array;
  readonly durationUs: Float64Array;
  readonly key: Uint32Array;
  readonly cost: Uint32Array;

  constructor(readonly capacity: number) {
    this.timeUs = new Float64Array(capacity);
    this.durationUs = new Float64Array(capacity);
    this.key = new Uint32Array(capacity);
    this.cost = new Uint32Array(capacity);
  }

  /** Moves the rows in `[from, to)` to the front. */
  moveToFront(from: number, to: number): void {
    for (const column of this.#all()) column.copyWithin(0, from, to);
  }

  /** Puts the rows into an order of their numbers. */
  permute(order: Uint32Array): void {
    for (const column of this.#all()) {
      const old = column.slice(0, order.length);
      for (let row = 0; row < order.length; row++) column[row] = old[order[row]];
    }
  }

  #all() {
    return [this.timeUs, this.durationUs, this.key, this.cost];
  }
}
