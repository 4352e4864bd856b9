import { ArrivalBatch } from '../../algorithms/batch.ts';
import type { Tally } from './account.ts';
import type { TraceFile } from './file.ts';

const rowsPerFile = 4096;

/** How much earlier than the times in its head a file may begin: lines out of order, requests logged at their end. */
const slackUs = 60e6;

/** A file in use and the requests that were read ahead from it. */
interface Lane {
  readonly file: TraceFile;
  readonly batch: ArrivalBatch;
  row: number;
  ended: boolean;
}

/**
 * Several files as one stream in time order. Files whose times follow each other are read one after another: the next
 * is opened when the files in use have nearly reached the first time seen in its head, so that only files that overlap
 * are open together.
 */
export class Merge {
  readonly #waiting: TraceFile[];
  #lanes: Lane[] = [];
  #lastUs = Number.NEGATIVE_INFINITY;

  constructor(
    files: readonly TraceFile[],
    private readonly tally: Tally,
  ) {
    // A stable sort: files of the same first time keep the order given.
    this.#waiting = [...files].sort((a, b) => compare(a.detected.firstUs, b.detected.firstUs));
  }

  /** Appends requests to the batch until it is full; false when all files have ended. */
  async fill(batch: ArrivalBatch): Promise<boolean> {
    while (batch.length < batch.capacity) {
      await this.#openDue();
      for (const lane of this.#lanes) if (lane.row === lane.batch.length && !lane.ended) await refill(lane);
      this.#lanes = this.#lanes.filter((lane) => lane.row < lane.batch.length);
      if (this.#lanes.length === 0 && this.#waiting.length === 0) return batch.length > 0;
      this.#take(batch);
    }
    return true;
  }

  /** Opens every waiting file that may begin before the first lane runs dry, or the next file when none is in use. */
  async #openDue(): Promise<void> {
    while (this.#waiting.length > 0) {
      const dryUs = Math.min(...this.#lanes.map(({ batch }) => batch.timeUs[batch.length - 1]));
      if (this.#lanes.length > 0 && this.#waiting[0].detected.firstUs > dryUs + slackUs) return;
      const file = this.#waiting.shift() as TraceFile;
      await file.start();
      const lane = { file, batch: new ArrivalBatch(rowsPerFile), row: 0, ended: false };
      await refill(lane);
      if (lane.batch.length > 0) this.#lanes.push(lane);
    }
  }

  /** Moves requests until the batch is full or a lane runs dry: each time the run of one lane that no other is before. */
  #take(batch: ArrivalBatch): void {
    while (batch.length < batch.capacity && this.#lanes.length > 0) {
      const lane = this.#earliest();
      this.#dropLate(lane);
      const end = this.#runEnd(lane, batch.capacity - batch.length);
      if (end > lane.row) {
        appendRows(lane.batch, lane.row, end, batch);
        lane.row = end;
        this.#lastUs = batch.timeUs[batch.length - 1];
      }
      if (lane.row === lane.batch.length) return;
    }
  }

  #earliest(): Lane {
    let best = this.#lanes[0];
    for (const lane of this.#lanes) if (nextUs(lane) < nextUs(best)) best = lane;
    return best;
  }

  /** A file may turn out to begin earlier than its head told, by more than the slack. */
  #dropLate(lane: Lane): void {
    while (lane.row < lane.batch.length && nextUs(lane) < this.#lastUs) {
      this.tally.recallLate();
      lane.row++;
    }
  }

  #runEnd(lane: Lane, most: number): number {
    let limitUs = Number.POSITIVE_INFINITY;
    for (const other of this.#lanes) if (other !== lane) limitUs = Math.min(limitUs, nextUs(other));
    const { timeUs, length } = lane.batch;
    const last = Math.min(length, lane.row + most);
    let end = lane.row;
    while (end < last && timeUs[end] <= limitUs) end++;
    return end;
  }

  close(): void {
    for (const { file } of this.#lanes) file.close();
    for (const file of this.#waiting) file.close();
  }
}

async function refill(lane: Lane): Promise<void> {
  lane.batch.length = 0;
  lane.row = 0;
  lane.ended = !(await lane.file.fill(lane.batch));
}

function nextUs({ batch, row }: Lane): number {
  return batch.timeUs[row];
}

function appendRows(from: ArrivalBatch, start: number, end: number, to: ArrivalBatch): void {
  for (const column of ['timeUs', 'durationUs', 'key', 'cost'] as const) {
    to[column].set(from[column].subarray(start, end), to.length);
  }
  to.length += end - start;
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
