import type { ArrivalBatch } from '../../algorithms/batch.ts';
import type { Detected } from './detect.ts';
import type { Sample, TraceParser } from './format.ts';
import { Feed } from './input/feed.ts';
import { type OpenedText, openText } from './input/open.ts';
import { type Intake, intakeFor } from './intake.ts';
import type { RowColumns } from './rows/columns.ts';
import { CountEmitter } from './rows/countemit.ts';
import { type Emitter, ExactEmitter, SpreadEmitter } from './rows/emit.ts';
import { Instants, keyStream, spreadStream } from './rows/instants.ts';
import { ReorderBuffer } from './rows/reorder.ts';
import type { TraceRun } from './run.ts';
import { takeSample } from './sample.ts';

/** A file's text, and the head that its format was told from, still to be parsed. */
export interface OpenedHead {
  readonly text: OpenedText;
  readonly feed: Feed;
  readonly sample: Sample;
}

/** Lets go of the file and of the block that its bytes were in. */
export function closeHead({ text, feed }: OpenedHead): void {
  text.close();
  feed.close();
}

export async function openHead(name: string, run: TraceRun): Promise<OpenedHead> {
  const text = await openText(name, run.options);
  const feed = new Feed(text.chunks, run.blocks);
  return { text, feed, sample: await takeSample(feed, name) };
}

/** One file while it is read: bytes, parsed rows, rows in order, requests. Some 15 MB, held only between two ends. */
export class Reading {
  readonly parser: TraceParser;
  readonly #intake: Intake;
  readonly #rows: ReorderBuffer;
  readonly #emitter: Emitter;
  readonly #columns: RowColumns;
  #closed = false;
  #ended = false;

  constructor(
    name: string,
    index: number,
    private readonly run: TraceRun,
    detected: Detected,
    private readonly opened: OpenedHead,
  ) {
    const { spread, seed } = run.options;
    const { countStepUs } = detected;
    // Counts of one step stay together, whatever the step is aligned to.
    const grainUs = countStepUs === undefined ? detected.grainUs : 1;
    const exact = countStepUs === undefined && (grainUs === 0 || spread === 'none');
    const instants = new Instants(spread, spreadStream(seed, index));
    this.#columns = run.columns.take();
    this.#rows = new ReorderBuffer(run.keys, exact ? 0 : grainUs, this.#columns);
    this.parser = detected.open(opened.sample, this.#rows, grainUs);
    this.#intake = intakeFor(this.parser, run.tally, name, opened.sample);
    if (exact) this.#emitter = new ExactEmitter();
    else if (countStepUs === undefined) this.#emitter = new SpreadEmitter(instants, grainUs);
    else this.#emitter = new CountEmitter(instants, countStepUs, keyStream(seed, index));
  }

  /** Requests that were earlier than the one before them. */
  get outOfOrder(): number {
    return this.#rows.outOfOrder;
  }

  /** Appends requests until the batch is full; false when the file has no more. */
  async fill(batch: ArrivalBatch): Promise<boolean> {
    for (;;) {
      this.#emitter.emit(this.#rows, batch);
      if (batch.length === batch.capacity) return true;
      if (this.#ended) return false;
      await this.#refill();
    }
  }

  /** Reads until the reorder buffer is full or the file ends, and readies what is in order. */
  async #refill(): Promise<void> {
    const { feed } = this.opened;
    const rows = this.#rows;
    const full = () => rows.full;
    rows.compact();
    for (;;) {
      feed.use(this.#intake.run(feed.view, feed.ended, full));
      if (rows.full || this.#intake.finished) break;
      await feed.more();
    }
    this.#ended = this.#intake.finished;
    rows.settle(this.#ended);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.run.columns.give(this.#columns);
    closeHead(this.opened);
  }
}
