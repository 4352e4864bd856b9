import { grown } from '../../algorithms/columns.ts';
import { none, type Works } from './works.ts';

/** For each client the work that it has under way, at most so much at once, and the line of work that waits for it. */
export class Lines {
  readonly #works: Works;
  readonly #most: number;
  #underWay = new Uint32Array(0);
  #ends = new Uint32Array(0); // for each client the first and the last of its line, plus one; 0 is none

  constructor(works: Works, most: number) {
    this.#works = works;
    this.#most = most;
  }

  /** Whether the work may begin now; else it waits. */
  enter(work: number): boolean {
    const key = this.#works.key[work];
    this.#underWay = grown(this.#underWay, key + 1);
    this.#ends = grown(this.#ends, (key + 1) * 2);
    if (this.#underWay[key] < this.#most) {
      this.#underWay[key]++;
      return true;
    }
    const last = this.#ends[key * 2 + 1];
    if (last === 0) this.#ends[key * 2] = work + 1;
    else this.#works.next[last - 1] = work;
    this.#ends[key * 2 + 1] = work + 1;
    return false;
  }

  /** A client is through with a unit of work; answers the one that takes its place, or `none`. */
  leave(key: number): number {
    const first = this.#ends[key * 2];
    if (first === 0) {
      this.#underWay[key]--;
      return none;
    }
    const next = this.#works.next[first - 1];
    this.#ends[key * 2] = next + 1;
    if (next === none) this.#ends[key * 2 + 1] = 0;
    return first - 1;
  }
}
