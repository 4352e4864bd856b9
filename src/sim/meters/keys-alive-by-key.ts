import type { ArrivalBatch } from '../../algorithms/batch.ts';
import { grown } from '../../algorithms/columns.ts';
import { endOfKey } from './in-order.ts';
import { slotsPerTtl, slotUsOf } from './keys-alive.ts';

/** The most slots that a stretch may have. */
const mostSlots = 2 ** 20;

/**
 * The figure of `KeysAlive`, of requests that come sorted by key, one stretch of time after the other. A request of a key that
 * is not alive makes them one more from its slot on, and they are one fewer from the slot on in which the key is forgotten.
 * At the end of a stretch these changes are summed up, slot by slot.
 */
export class KeysAliveByKey {
  readonly #slotUs: number;
  #last = new Float64Array(0); // for each key that is alive the microsecond after its last request, else 0
  #keys = 0;
  #changes = new Float64Array(0); // for each slot from `#firstSlot` on, how many keys it has more than the one before
  #used = 0; // of the changes, all that are not 0
  #firstSlot = 0;
  #alive = 0; // before `#firstSlot`
  #most = 0;

  constructor(ttlUs: number) {
    this.#slotUs = slotUsOf(ttlUs);
  }

  /** Whether stretches of this length can be measured. */
  static measures(ttlUs: number, stretchUs: number): boolean {
    return stretchUs / slotUsOf(ttlUs) <= mostSlots;
  }

  /** After the end of a stretch. */
  get most(): number {
    return this.#most;
  }

  /** The arrivals sorted by key. */
  measure({ key, timeUs, length, keys }: ArrivalBatch): void {
    this.#last = grown(this.#last, keys);
    this.#keys = keys;
    for (let row = 0; row < length; ) {
      const end = endOfKey(key, row, length);
      this.#measureKey(key[row], timeUs, row, end);
      row = end;
    }
  }

  /** Rows `from` up to `end`, which are all of `key`. Where they all lie within a TTL, the key is not forgotten among them. */
  #measureKey(key: number, timeUs: Float64Array, from: number, end: number): void {
    const surelyUs = (slotsPerTtl - 1) * this.#slotUs; // for which a key is alive, wherever in its slot a request is
    const isAlive = this.#last[key] > 0;
    if (!isAlive) this.#change(this.#slotAt(timeUs[from]), 1);
    let last = isAlive ? this.#last[key] - 1 : timeUs[from];
    if (timeUs[end - 1] - last >= surelyUs) {
      for (let row = from; row < end; row++) {
        if (timeUs[row] - last >= surelyUs) this.#comesBack(last, timeUs[row]);
        last = timeUs[row];
      }
    }
    this.#last[key] = timeUs[end - 1] + 1;
  }

  /** All requests before this instant have come, and no others. */
  endStretch(untilUs: number): void {
    const open = this.#slotAt(untilUs); // the only slot which the next stretch shares
    this.#forget(open);
    const changes = this.#changes.subarray(0, this.#used);
    const closed = Math.min(open - this.#firstSlot, this.#used);
    for (let at = 0; at < closed; at++) {
      this.#alive += changes[at];
      this.#most = Math.max(this.#most, this.#alive);
    }
    changes.copyWithin(0, closed).fill(0, this.#used - closed);
    this.#used -= closed;
    this.#firstSlot = open;
    this.#most = Math.max(this.#most, this.#alive + (this.#changes[0] ?? 0));
  }

  /** A key that was last there long ago is there again now, and has perhaps been forgotten between. */
  #comesBack(lastUs: number, nowUs: number): void {
    const forgotten = this.#slotAt(lastUs) + slotsPerTtl + 1;
    const slot = this.#slotAt(nowUs);
    if (slot < forgotten) return;
    this.#change(forgotten, -1);
    this.#change(slot, 1);
  }

  /** Looks for the keys that are not alive any more in `slot`. */
  #forget(slot: number): void {
    const last = this.#last;
    for (let key = 0; key < this.#keys; key++) {
      if (last[key] === 0) continue;
      const forgotten = this.#slotAt(last[key] - 1) + slotsPerTtl + 1;
      if (forgotten > slot) continue;
      this.#change(forgotten, -1);
      last[key] = 0;
    }
  }

  #change(slot: number, by: number): void {
    const at = slot - this.#firstSlot;
    this.#changes = grown(this.#changes, at + 1);
    this.#changes[at] += by;
    this.#used = Math.max(this.#used, at + 1);
  }

  #slotAt(atUs: number): number {
    return Math.floor(atUs / this.#slotUs);
  }
}
