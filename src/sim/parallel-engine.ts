import { Worker } from 'node:worker_threads';
import { ArrivalBatch } from '../algorithms/batch.ts';
import { batchRowsFor } from './batch-rows.ts';
import type { Engine } from './engine.ts';
import type { LaneResult } from './lane.ts';
import type { ComparisonPlan } from './plan.ts';
import type { FromWorker, ToWorker, WorkerStart } from './worker-messages.ts';

/** The loops of workers leave hardly any garbage: room for more of it would only be memory that is touched. */
const resourceLimits = { maxYoungGenerationSizeMb: 4 };

const slots = 3; // one being filled, one being worked on, one between a fast and a slow worker

/**
 * The columnar engine over worker threads: each owns some rows of the comparison and sees every batch. Batches lie in
 * shared memory and are lent round; a slot is free again when every worker has answered for it. A row is decided by one
 * worker alone, in order, so the figures do not depend on how many there are.
 */
export class ParallelEngine implements Engine {
  readonly sortsByKey = true;
  readonly #workers: readonly Worker[];
  readonly #batches: readonly ArrivalBatch[];
  readonly #pending = new Array<number>(slots).fill(0); // workers that still read the slot
  readonly #resultsBySelection: LaneResult[] = [];
  #next = 0;
  #wake: (() => void) | undefined;
  #failure: Error | undefined;
  #finished = 0;

  /** `workerUrl`: the module that runs `worker.ts`. */
  constructor(plan: ComparisonPlan, threads: number, workerUrl: URL) {
    const rows = batchRowsFor(plan);
    this.#batches = Array.from({ length: slots }, () => {
      return new ArrivalBatch(rows, new SharedArrayBuffer(ArrivalBatch.bytes(rows)));
    });
    const buffers = this.#batches.map(({ buffer }) => buffer as SharedArrayBuffer); // made two lines above
    this.#workers = shares(plan, threads).map((own) => {
      const workerData: WorkerStart = {
        plan: { ...plan, selections: own.map((at) => plan.selections[at]) },
        rows,
        buffers,
      };
      const worker = new Worker(workerUrl, { workerData, resourceLimits });
      worker.on('message', (message: FromWorker) => this.#hear(message, own));
      worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))));
      return worker;
    });
  }

  async lend(): Promise<ArrivalBatch> {
    await this.#until(() => this.#pending[this.#next] === 0);
    return this.#batches[this.#next];
  }

  take({ length, keys, tenants, oneCost }: ArrivalBatch): void {
    this.#pending[this.#next] = this.#workers.length;
    this.#tell({ kind: 'batch', slot: this.#next, length, keys, tenants, oneCost });
    this.#next = (this.#next + 1) % slots;
  }

  async finish(): Promise<LaneResult[]> {
    this.#tell({ kind: 'finish' });
    await this.#until(() => this.#finished === this.#workers.length);
    return this.#resultsBySelection;
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #tell(message: ToWorker): void {
    for (const worker of this.#workers) worker.postMessage(message);
  }

  #hear(message: FromWorker, own: readonly number[]): void {
    if (message.kind === 'read') {
      this.#pending[message.slot]--;
    } else {
      this.#finished++;
      message.results.forEach((result, at) => {
        this.#resultsBySelection[own[at]] = result;
      });
    }
    this.#wake?.();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#wake?.();
  }

  async #until(done: () => boolean): Promise<void> {
    while (!this.#failure && !done()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#failure) throw this.#failure;
  }
}

/** The places of the plan's selections, dealt out to the threads in turn. */
function shares({ selections }: ComparisonPlan, threads: number): number[][] {
  const hands = Array.from({ length: Math.min(threads, selections.length) }, (): number[] => []);
  selections.forEach((_, at) => {
    hands[at % hands.length].push(at);
  });
  return hands;
}
