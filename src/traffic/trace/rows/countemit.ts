import type { ArrivalBatch } from '../../../algorithms/batch.ts';
import type { Draw } from '../../random.ts';
import type { Emitter } from './emit.ts';
import { Grain, groupEnd } from './grain.ts';
import type { Instants } from './instants.ts';
import { EvenDraw, type KeyDraw, RandomDraw } from './keydraw.ts';
import type { ReorderBuffer } from './reorder.ts';

/**
 * Counts per step: a row is `cost` requests of one key in the step that begins at its time. With several keys in a step
 * the order among them is that of their instants: see `KeyDraw`.
 */
export class CountEmitter implements Emitter {
  readonly #grain: Grain;
  readonly #keys: KeyDraw;

  constructor(
    private readonly instants: Instants,
    stepUs: number,
    random: Draw,
  ) {
    this.#grain = new Grain(stepUs);
    this.#keys =
      instants.rule === 'poisson' ? new RandomDraw(random) : new EvenDraw(instants.rule === 'none');
  }

  emit(rows: ReorderBuffer, batch: ArrivalBatch): void {
    while (batch.length < batch.capacity) {
      if (this.instants.left === 0 && !this.#startStep(rows)) return;
      const from = batch.length;
      const count = Math.min(this.instants.left, batch.capacity - from);
      this.instants.fill(batch.timeUs, from, from + count);
      this.#keys.fill(batch.key, from, from + count);
      batch.cost.fill(1, from, from + count);
      batch.durationUs.fill(0, from, from + count);
      batch.length += count;
    }
  }

  /** Takes the rows of the next step with a count above 0; false when none is ready. */
  #startStep(rows: ReorderBuffer): boolean {
    while (rows.head < rows.ready) {
      const end = groupEnd(rows);
      const partial = rows.partial && end === rows.ready;
      const stampUs = rows.timeUs[rows.head];
      const total = this.#keys.start(rows, end);
      rows.head = end;
      if (total === 0) continue;
      this.#grain.start(this.instants, stampUs, total, partial);
      return true;
    }
    return false;
  }
}
