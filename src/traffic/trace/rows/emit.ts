import type { ArrivalBatch } from '../../../algorithms/batch.ts';
import { Grain, groupEnd } from './grain.ts';
import type { Instants } from './instants.ts';
import type { ReorderBuffer } from './reorder.ts';

/** Moves ready rows of a reorder buffer behind the rows of a batch, until the one is empty or the other full. */
export interface Emitter {
  emit(rows: ReorderBuffer, batch: ArrivalBatch): void;
}

/** Copies all columns but the times of `count` ready rows behind the rows of a batch; both move on. */
function moveRows(rows: ReorderBuffer, batch: ArrivalBatch, count: number): void {
  const end = rows.head + count;
  batch.durationUs.set(rows.durationUs.subarray(rows.head, end), batch.length);
  batch.key.set(rows.key.subarray(rows.head, end), batch.length);
  batch.cost.set(rows.cost.subarray(rows.head, end), batch.length);
  batch.length += count;
  rows.head = end;
}

/** Requests with exact times, as they are. */
export class ExactEmitter implements Emitter {
  emit(rows: ReorderBuffer, batch: ArrivalBatch): void {
    const count = Math.min(batch.capacity - batch.length, rows.ready - rows.head);
    batch.timeUs.set(rows.timeUs.subarray(rows.head, rows.head + count), batch.length);
    moveRows(rows, batch, count);
  }
}

/** Requests with coarse stamps, spread inside them in the order of the file. */
export class SpreadEmitter implements Emitter {
  readonly #grain: Grain;

  constructor(
    private readonly instants: Instants,
    grainUs: number,
  ) {
    this.#grain = new Grain(grainUs);
  }

  emit(rows: ReorderBuffer, batch: ArrivalBatch): void {
    while (batch.length < batch.capacity && rows.head < rows.ready) {
      if (this.instants.left === 0) this.#startGroup(rows);
      const count = Math.min(this.instants.left, batch.capacity - batch.length);
      this.instants.fill(batch.timeUs, batch.length, batch.length + count);
      moveRows(rows, batch, count);
    }
  }

  #startGroup(rows: ReorderBuffer): void {
    const end = groupEnd(rows);
    const partial = rows.partial && end === rows.ready;
    this.#grain.start(this.instants, rows.timeUs[rows.head], end - rows.head, partial);
  }
}
