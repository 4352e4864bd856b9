import type { ArrivalBatch } from '../../algorithms/batch.ts';
import { grown } from '../../algorithms/columns.ts';

/** What each key asked for, and what the contract itself would have given it; the same for every limiter of a run. */
export class Demand {
  #pairs = new Uint32Array(0); // for each key the requests it made, and those that the oracle admits

  measure({ key, cost, entitled, length, keys, mayPeek }: ArrivalBatch): void {
    this.#pairs = grown(this.#pairs, keys * 2);
    const pairs = this.#pairs;
    for (let row = 0; row < length; ) {
      const ofKey = key[row];
      let asked = 0;
      let given = 0;
      do {
        if (mayPeek && cost[row] === 0) continue; // a peek asks for nothing
        asked++;
        given += entitled[row];
      } while (++row < length && key[row] === ofKey);
      pairs[ofKey * 2] += asked;
      pairs[ofKey * 2 + 1] += given;
    }
  }

  /** Adds what was measured of other keys. */
  merge(other: Demand): void {
    this.#pairs = added(this.#pairs, other.#pairs);
  }

  /** Keys that have room; those past the last one that asked have demanded nothing. */
  get keys(): number {
    return this.#pairs.length / 2;
  }

  /** Keys that asked for anything. */
  get asked(): number {
    let asked = 0;
    for (let key = 0; key < this.keys; key++) if (this.demanded(key) > 0) asked++;
    return asked;
  }

  demanded(key: number): number {
    return this.#pairs[key * 2];
  }

  entitled(key: number): number {
    return this.#pairs[key * 2 + 1];
  }
}

export interface FairnessFigures {
  /** Jain's index over admitted / demanded of the keys that asked; null when none did. */
  readonly jain: number | null;
  /** Jain's index over admitted / entitled of the keys that the contract would have given anything. */
  readonly jainEntitled: number | null;
  /** Keys that the contract would have given something and that got nothing. */
  readonly starvedKeys: number;
  /** Admitted / demanded at each of `curvePercents` of the keys that asked, from the least served on; empty when none did. */
  readonly demandedCurve: readonly number[];
  /** The same of admitted / entitled, of the keys that the contract would have given anything. */
  readonly entitledCurve: readonly number[];
}

/** The shares of keys, in percent, at which a curve tells what the key there got: the worst served one, and then every 5 %. */
export const curvePercents: readonly number[] = Array.from({ length: 21 }, (_, at) => 5 * at);

/** How one limiter's admissions are spread over the keys. R. Jain, D. Chiu, W. Hawe, DEC-TR-301, 1984. */
export class Fairness {
  #admitted = new Uint32Array(0);

  reserve(keys: number): void {
    this.#admitted = grown(this.#admitted, keys);
  }

  /** So many more requests of the key were admitted, peeks left out. */
  add(key: number, admitted: number): void {
    this.#admitted[key] += admitted;
  }

  /** Adds what was measured of other keys. */
  merge(other: Fairness): void {
    this.#admitted = added(this.#admitted, other.#admitted);
  }

  figures(demand: Demand): FairnessFigures {
    const demanded = new Shares(demand.keys);
    const entitled = new Shares(demand.keys);
    let starvedKeys = 0;
    for (let key = 0; key < demand.keys; key++) {
      const admitted = this.#admitted[key] ?? 0;
      if (demand.demanded(key) > 0) demanded.add(admitted / demand.demanded(key));
      if (demand.entitled(key) > 0) entitled.add(admitted / demand.entitled(key));
      if (demand.entitled(key) > 0 && admitted === 0) starvedKeys++;
    }
    return {
      jain: demanded.jain(),
      jainEntitled: entitled.jain(),
      starvedKeys,
      demandedCurve: demanded.curve(),
      entitledCurve: entitled.curve(),
    };
  }
}

/** What each of some keys got, as a share. */
class Shares {
  readonly #shares: Float64Array;
  #n = 0;
  #sum = 0;
  #sumOfSquares = 0;

  constructor(most: number) {
    this.#shares = new Float64Array(most);
  }

  add(share: number): void {
    this.#shares[this.#n++] = share;
    this.#sum += share;
    this.#sumOfSquares += share * share;
  }

  /**
   * (Σ x)² / (n · Σ x²): 1 when all x are alike, 1/n when one takes all. Null of no shares at all; 1 when every share is 0,
   * for nobody has more than another.
   */
  jain(): number | null {
    if (this.#n === 0) return null;
    return this.#sumOfSquares === 0 ? 1 : (this.#sum * this.#sum) / (this.#n * this.#sumOfSquares);
  }

  /** The shares at `curvePercents`, by nearest rank: the smallest that at least so many percent do not exceed. */
  curve(): number[] {
    if (this.#n === 0) return [];
    const ascending = this.#shares.subarray(0, this.#n).sort();
    return curvePercents.map((percent) => ascending[Math.max(0, Math.ceil((percent * this.#n) / 100) - 1)]);
  }
}

function added(a: Uint32Array, b: Uint32Array): Uint32Array<ArrayBuffer> {
  const sum = new Uint32Array(Math.max(a.length, b.length));
  sum.set(a);
  for (let at = 0; at < b.length; at++) sum[at] += b[at];
  return sum;
}
