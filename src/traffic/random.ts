import { Alea } from './alea.ts';
import { exponential } from './exponential.ts';

/** Draws a number; they are evenly spread over [0, 1). */
export type Draw = () => number;

/** The random numbers of one use, one by one or by the column: each goes on where the other stopped. */
export interface RandomStream extends Draw {
  /** Writes the next numbers to rows 0 up to `rows`. */
  fill(column: Float64Array, rows: number): void;
}

/**
 * The random numbers of one use (`web/arrivals`, `web/keys`) under a seed. Uses are independent: one more draw in a
 * use never moves another, so a change of costs leaves the arrivals where they were.
 * The generator is Johannes Baagøe's Alea (2010), a multiply-with-carry of lag 3 with 32-bit outputs, seeded with the
 * text `<seed>/<use>`; random.test.ts pins its first outputs.
 */
export function stream(seed: number, use: string): RandomStream {
  const alea = new Alea(`${seed}/${use}`);
  const one = new Float64Array(1);
  const draw = () => {
    alea.fill(one, 1);
    return one[0];
  };
  return Object.assign(draw, { fill: (column: Float64Array, rows: number) => alea.fill(column, rows) });
}

/** A number in [0, 1) of 53 bits instead of 32, from two draws. */
export function fineDraw(draw: Draw): number {
  return draw() + Math.floor(draw() * 2 ** 21) * 2 ** -53;
}

/**
 * Whether a choice among so many takes a fine draw, because 32 bits would favour some over others: at 2^20 choices
 * they still give each 4096 outcomes.
 */
export function needsFineDraw(choices: number): boolean {
  return choices > 2 ** 20;
}

/** A normal variate of mean 0 and variance 1 (Box & Muller 1958, the cosine half). */
export function normal(draw: Draw): number {
  return Math.sqrt(2 * exponential(draw)) * Math.cos(2 * Math.PI * draw());
}
