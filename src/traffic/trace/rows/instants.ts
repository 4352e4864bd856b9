import { type Draw, stream } from '../../random.ts';

/** How requests that share one coarse stamp are placed inside the time that the stamp covers. */
export type SpreadRule = 'none' | 'uniform' | 'poisson';

/** What a rule does, for the notes of a run. */
export const spreadWords: Record<SpreadRule, string> = {
  none: 'all at its start',
  uniform: 'evenly spaced',
  poisson: 'as a Poisson process (independent uniform instants, seeded)',
};

/** The random numbers that place the requests of one file. */
export function spreadStream(seed: number, file: number): Draw {
  return stream(seed, file === 0 ? 'trace spread' : `trace spread/${file}`);
}

/** The random numbers that tell which key each of them belongs to, where counts of several keys share a step. */
export function keyStream(seed: number, file: number): Draw {
  return stream(seed, `trace keys/${file}`);
}

/**
 * Places n arrivals in an interval, one after another in time order, without holding them.
 *
 * Given its count, a Poisson process is n independent uniform instants. They are drawn in order by the law of the
 * smallest of r uniforms on what is left: x += (end - x) * (1 - U^(1/r)), r = n, n-1 … 1 (order statistics; L. Devroye,
 * Non-Uniform Random Variate Generation, chapter V). Every instant is floored to a whole microsecond in [from, end).
 */
export class Instants {
  /** Arrivals not yet placed. */
  left = 0;
  #fromUs = 0;
  #widthUs = 0;
  #offsetUs = 0;
  #count = 0;

  constructor(
    readonly rule: SpreadRule,
    private readonly random: Draw,
  ) {}

  start(fromUs: number, widthUs: number, count: number): void {
    this.#fromUs = fromUs;
    this.#widthUs = widthUs;
    this.#offsetUs = 0;
    this.#count = count;
    this.left = count;
  }

  /** Writes the next instants, in microseconds and in order, to `into[from, to)`; no more than are left. */
  fill(into: Float64Array, from: number, to: number): void {
    if (this.rule === 'none') into.fill(this.#fromUs, from, to);
    else if (this.rule === 'uniform') this.#fillEvenly(into, from, to);
    else this.#fillPoisson(into, from, to);
    this.left -= to - from;
  }

  #fillEvenly(into: Float64Array, from: number, to: number): void {
    const given = this.#count - this.left;
    for (let at = from; at < to; at++) {
      into[at] = this.#fromUs + Math.floor(((given + at - from) * this.#widthUs) / this.#count);
    }
  }

  #fillPoisson(into: Float64Array, from: number, to: number): void {
    const { random } = this;
    const fromUs = this.#fromUs;
    const widthUs = this.#widthUs;
    let offsetUs = this.#offsetUs;
    let left = this.left;
    for (let at = from; at < to; at++) {
      const share = shareOf(-Math.log(1 - random()) / left--);
      offsetUs += (widthUs - offsetUs) * share;
      into[at] = fromUs + Math.min(Math.floor(offsetUs), widthUs - 1);
    }
    this.#offsetUs = offsetUs;
  }
}

/** 1 - e^-y. Below 1e-3 four terms of its series are exact to a double, and several times faster. */
function shareOf(y: number): number {
  return y < 1e-3 ? y * (1 - (y / 2) * (1 - (y / 3) * (1 - y / 4))) : -Math.expm1(-y);
}
