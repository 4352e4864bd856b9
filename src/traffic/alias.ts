import { type Draw, fineDraw, needsFineDraw, type RandomStream } from './random.ts';

/** Numbers that are drawn at once; they stay in the first cache. */
const numbers = new Float64Array(1024);

/**
 * Draws 0, 1, 2 … with given weights, in constant time and one random number (Walker 1977, Vose 1991).
 *
 * Every column of the table is as wide as the mean weight: column c belongs to c up to its share and to its alias above
 * it. A number in [0, n) names a column by its whole part and a side of the share by its fraction.
 * The table is made by the sweep of Hübschle-Schneider & Sanders (2019): one index runs over the light weights and one
 * over the heavy ones, and each light column is topped up from the heavy one, which thereby may become light itself.
 * It needs no stacks beside the table. The table has 8 bytes a weight, 400 MB at 50 M keys, and half as much again while it is made.
 */
export class AliasTable {
  readonly #isFine: boolean;
  /** For each column its own share, in steps of 2^-32, and its alias: side by side, so that a draw waits for memory once. */
  readonly #shareAndAlias: Uint32Array;

  /** Takes over `weights`, any numbers of 0 or more that are not all 0, and makes the table in its place. */
  constructor(weights: Float64Array<ArrayBuffer>) {
    this.#isFine = needsFineDraw(weights.length);
    scaleToMeanOne(weights);
    this.#shareAndAlias = packed(weights, toppedUp(weights));
  }

  /** Writes `first` + a drawn number to rows `from` up to `to`. */
  fill(draw: RandomStream, column: Uint32Array, from: number, to: number, first = 0): void {
    for (let row = from; row < to; row += numbers.length) {
      const rows = Math.min(numbers.length, to - row);
      if (this.#isFine) for (let at = 0; at < rows; at++) numbers[at] = fineDraw(draw);
      else draw.fill(numbers, rows);
      this.#choose(column, row, row + rows, first);
    }
  }

  /** One drawn number. */
  pick(draw: Draw): number {
    const table = this.#shareAndAlias;
    const x = (fineDraw(draw) * table.length) / 2;
    const own = Math.floor(x);
    return x - own < table[own * 2] * 2 ** -32 ? own : table[own * 2 + 1];
  }

  /**
   * Turns `numbers` into rows `from` up to `to`.
   * A side of the share is a coin toss that no branch predictor learns, so it is taken by a mask: floor gives -1 below
   * the share and 0 above it. That made the loop 2.5 times as fast.
   */
  #choose(column: Uint32Array, from: number, to: number, first: number): void {
    const u = numbers;
    const table = this.#shareAndAlias;
    const n = table.length / 2;
    for (let row = from; row < to; row++) {
      const x = u[row - from] * n;
      const own = x | 0;
      const share = table[own << 1] * 2 ** -32;
      const alias = table[(own << 1) + 1];
      const below = Math.floor(x - own - share) | 0;
      column[row] = first + (alias ^ ((alias ^ own) & below));
    }
  }
}

function scaleToMeanOne(weights: Float64Array): void {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i];
  if (!(sum > 0) || sum === Number.POSITIVE_INFINITY) throw new RangeError(`weights add up to ${sum}`);
  const factor = weights.length / sum;
  for (let i = 0; i < weights.length; i++) weights[i] *= factor;
}

/** Fills every column of `weights`, mean 1: afterwards `weights` holds each column's own share. Answers the aliases. */
function toppedUp(weights: Float64Array): Uint32Array {
  const n = weights.length;
  const alias = new Uint32Array(n);
  for (let i = 0; i < n; i++) alias[i] = i;
  const heavyFrom = (i: number) => {
    while (i < n && weights[i] < 1) i++;
    return i;
  };
  // A column whose alias is another one has been topped up already.
  const lightFrom = (i: number) => {
    while (i < n && (weights[i] >= 1 || alias[i] !== i)) i++;
    return i;
  };
  let heavy = heavyFrom(0);
  let nextLight = lightFrom(0);
  let light = nextLight;
  while (heavy < n && light < n) {
    alias[light] = heavy;
    weights[heavy] -= 1 - weights[light];
    if (weights[heavy] < 1) {
      light = heavy;
      heavy = heavyFrom(heavy + 1);
    } else {
      nextLight = lightFrom(nextLight);
      light = nextLight;
    }
  }
  // What rounding has left over is full: a column without an alias.
  for (let i = 0; i < n; i++) if (alias[i] === i) weights[i] = 1;
  return alias;
}

/** Shares and aliases side by side in the memory of the shares. A whole column has an alias that is itself, so its share may be cut. */
function packed(shares: Float64Array<ArrayBuffer>, alias: Uint32Array): Uint32Array {
  const table = new Uint32Array(shares.buffer, shares.byteOffset, shares.length * 2);
  for (let c = 0; c < shares.length; c++) {
    table[c * 2] = Math.min(Math.ceil(shares[c] * 2 ** 32), 2 ** 32 - 1);
    table[c * 2 + 1] = alias[c];
  }
  return table;
}
