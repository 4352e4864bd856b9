export const smallestBlock = 2;

/** Hands out stretches of a column that grows. Sizes are powers of two; a stretch given back is used again for its size. */
export class Blocks {
  #used = 0;
  readonly #freeBySize: number[][] = []; // at n those of 2^n rows

  /** Rows that the column must have. */
  get rows(): number {
    return this.#used;
  }

  /** The first row of a stretch of `size` rows that nobody owns. */
  take(size: number): number {
    const free = this.#freeOf(size).pop();
    if (free !== undefined) return free;
    const at = this.#used;
    this.#used += size;
    return at;
  }

  giveBack(at: number, size: number): void {
    this.#freeOf(size).push(at);
  }

  #freeOf(size: number): number[] {
    const power = 31 - Math.clz32(size);
    while (this.#freeBySize.length <= power) this.#freeBySize.push([]);
    return this.#freeBySize[power];
  }
}
