import type { Decider } from './decider.ts';
import type { RenewableKeys } from './key-slots.ts';

/** One admission, and the state that it was made on: what a replicated item says, as the way it came to be. */
export interface Write {
  readonly key: number;
  readonly tenant: number;
  readonly cost: number;
  readonly durationUs: number;
  readonly atUs: number;
  previous: Write | undefined;
}

/**
 * The items of one region where the last writer wins: an item that comes from elsewhere and was written later replaces
 * the region's own, with all that was taken from it in the meantime.
 */
export class Lineage {
  readonly #decider: () => Decider;
  readonly #slots: RenewableKeys;
  readonly #ttlUs: number;
  readonly #latest = new Map<number, Write>();

  constructor(decider: () => Decider, slots: RenewableKeys, ttlUs: number) {
    this.#decider = decider;
    this.#slots = slots;
    this.#ttlUs = ttlUs;
  }

  /** The region has written the item of this key. */
  write(item: Omit<Write, 'previous'>): Write {
    const written = { ...item, previous: this.#latest.get(item.key) };
    this.#latest.set(item.key, written);
    return written;
  }

  /** An item comes from elsewhere. */
  receive(item: Write): void {
    const own = this.#latest.get(item.key);
    if (own && own.atUs >= item.atUs) return;
    this.#latest.set(item.key, item);
    this.#slots.renew(item.key);
    for (const { key, tenant, cost, durationUs, atUs } of this.#history(item)) {
      this.#decider().replay(key, tenant, cost, durationUs, atUs);
    }
  }

  /** What still matters of how the item came to be, the oldest first. */
  #history(item: Write): Write[] {
    const history: Write[] = [];
    for (let write: Write | undefined = item; write; write = write.previous) {
      history.push(write);
      if (write.previous && write.previous.atUs < item.atUs - this.#ttlUs) write.previous = undefined;
    }
    return history.reverse();
  }
}
