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
 * is opened when a file in use has reached the first time seen in its head, so that only overlapping files are open
 * together.
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

  /** Opens every waiting file that a read-ahead has reached, or the next one when none is in use. */
  async #openDue(): Promise<void> {
    while (this.#waiting.length > 0) {
      const reachedUs = Math.max(...this.#lanes.map(({ batch }) => batch.timeUs[batch.length - 1]));
      if (this.#lanes.length > 0 && this.#waiting[0].detected.firstUs > reachedUs + slackUs) return;
      const file = this.#waiting.shift() as TraceFile;
      await file.start();
      const lane = { file, batch: new ArrivalBatch(rowsPerFile), row: 0, ended: false };
      await refill(lane);
      if (lane.batch.length > 0) this.#lanes.push(lane);
    }
  }

  /** Moves requests until the batch is full or a lane runs dry. */
  #take(batch: ArrivalBatch): void {
    while (batch.length < batch.capacity && this.#lanes.length > 0) {
      const lane = this.#earliest();
      const timeUs = lane.batch.timeUs[lane.row];
      if (timeUs < this.#lastUs) {
        this.tally.recallLate();
      } else {
        copyRow(lane.batch, lane.row, batch);
        this.#lastUs = timeUs;
      }
      lane.row++;
      if (lane.row === lane.batch.length) return;
    }
  }

  #earliest(): Lane {
    let best = this.#lanes[0];
    for (const lane of this.#lanes)
      if (lane.batch.timeUs[lane.row] < best.batch.timeUs[best.row]) best = lane;
    return best;
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

function copyRow(from: ArrivalBatch, row: number, to: ArrivalBatch): void {
  const at = to.length++;
  to.timeUs[at] = from.timeUs[row];
  to.durationUs[at] = from.durationUs[row];
  to.key[at] = from.key[row];
  to.cost[at] = from.cost[row];
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
