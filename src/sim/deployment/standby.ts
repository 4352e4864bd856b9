import type { Decided, Decider } from './decider.ts';
import type { Slots } from './key-slots.ts';
import type { World } from './topology.ts';

/** A copy of the store that counts what the store decided, some time later, and can take its place. */
export class Standby {
  readonly #decider: Decider;
  readonly #behindUs: number;
  readonly #world: World;
  /** What it has not heard of yet. */
  #pending: Decided[] = [];
  #first = 0;

  /** `behindUs`: at least what is lost with the store, should this copy take its place. */
  constructor(world: World, behindUs: number, slots?: Slots) {
    this.#world = world;
    this.#behindUs = behindUs;
    this.#decider = world.decider({ slots });
  }

  /** Hears that the store has decided about the attempt at `atUs`. */
  follow(attempt: number, atUs: number): void {
    const { attempts } = this.#world;
    const place = attempt & attempts.mask;
    const { key, tenant, cost, durationUs, allowed } = attempts;
    this.hear({
      key: key[place],
      tenant: tenant[place],
      cost: cost[place],
      durationUs: durationUs[place],
      atUs,
      allowed: allowed[place] === 1,
    });
  }

  /** Hears of what the store has counted, wherever it was decided. */
  hear(decided: Decided): void {
    this.#pending.push(decided);
    this.#catchUp(decided.atUs - this.#behindUs);
  }

  /** Will never hear of what came after `untilUs`. */
  loseAfter(untilUs: number): void {
    this.#pending = this.#pending.slice(this.#first).filter(({ atUs }) => atUs <= untilUs);
    this.#first = 0;
  }

  /** Takes the place of the store: has heard of all that it will ever hear. */
  promoted(): Decider {
    this.#catchUp(Number.POSITIVE_INFINITY);
    return this.#decider;
  }

  #catchUp(untilUs: number): void {
    const pending = this.#pending;
    while (this.#first < pending.length && pending[this.#first].atUs <= untilUs) {
      this.#decider.follow(pending[this.#first++]);
    }
    if (this.#first * 2 > pending.length) {
      this.#pending = pending.slice(this.#first);
      this.#first = 0;
    }
  }
}
