import { basename, resolve } from 'node:path';
import { ArrivalBatch } from '../../algorithms/batch.ts';
import type { ArrivalSource, TrafficSummary } from '../source.ts';
import type { TraceFile } from './file.ts';
import type { TraceRun } from './run.ts';

/** Requests in time order, in microseconds since 1970, appended to a batch. */
export interface RequestStream {
  fill(batch: ArrivalBatch): Promise<boolean>;
  close(): void;
}

/** Requests that are read before the run begins, to know its time 0. */
const primedRows = 256;

/** A recorded trace as a source of arrivals. Its time 0 is its first request. */
export class TraceSource implements ArrivalSource {
  #primed: ArrivalBatch | undefined;
  #ended = false;

  private constructor(
    private readonly files: readonly TraceFile[],
    private readonly stream: RequestStream,
    private readonly run: TraceRun,
    readonly epochUs: number,
    primed: ArrivalBatch,
  ) {
    this.#primed = primed;
  }

  static async start(
    files: readonly TraceFile[],
    stream: RequestStream,
    run: TraceRun,
  ): Promise<TraceSource> {
    const primed = new ArrivalBatch(primedRows);
    await stream.fill(primed);
    if (primed.length === 0) check(files, run);
    return new TraceSource(files, stream, run, primed.timeUs[0], primed);
  }

  get hasDurations(): boolean {
    return this.files.some(({ outcome }) => outcome.hasDurations);
  }

  async next(batch: ArrivalBatch): Promise<boolean> {
    batch.length = 0;
    this.#takePrimed(batch);
    if (batch.length < batch.capacity && !this.#ended) this.#ended = !(await this.stream.fill(batch));
    const { timeUs, length } = batch;
    for (let row = 0; row < length; row++) timeUs[row] -= this.epochUs;
    batch.tenant.fill(0, 0, length);
    batch.keys = this.run.keys.size;
    batch.tenants = 1;
    if (length === 0) check(this.files, this.run);
    return length > 0;
  }

  #takePrimed(batch: ArrivalBatch): void {
    const primed = this.#primed;
    if (primed === undefined) return;
    const count = Math.min(primed.length, batch.capacity);
    for (const column of ['timeUs', 'durationUs', 'key', 'cost'] as const) {
      batch[column].set(primed[column].subarray(0, count));
      primed[column].copyWithin(0, count, primed.length);
    }
    batch.length = count;
    primed.length -= count;
    if (primed.length === 0) this.#primed = undefined;
  }

  keyName(key: number): string {
    return this.run.keys.name(key);
  }

  summary(): TrafficSummary {
    const { tally } = this.run;
    const outcomes = this.files.map((file) => file.outcome);
    return {
      source: 'trace',
      format: [...new Set(outcomes.map(({ title }) => title))].join('; '),
      notes: [
        ...new Set(outcomes.flatMap(({ notes }) => notes)),
        ...orderNotes(outcomes),
        ...repeatNotes(this.files),
      ],
      lines: tally.lines(),
      ...(tally.examples.length > 0 ? { malformed: tally.examples } : {}),
    };
  }

  close(): void {
    this.stream.close();
    for (const file of this.files) file.close();
  }
}

function check(files: readonly TraceFile[], { tally, options }: TraceRun): void {
  tally.check(
    files.map((file) => file.name),
    options.maxMalformedRatio,
  );
}

function orderNotes(outcomes: readonly { readonly outOfOrder: number }[]): string[] {
  const late = outcomes.reduce((sum, { outOfOrder }) => sum + outOfOrder, 0);
  return late === 0 ? [] : [`${late} ${late === 1 ? 'line was' : 'lines were'} out of order and sorted`];
}

/** A file that is named twice is read twice, as two servers that did the same. */
function repeatNotes(files: readonly TraceFile[]): string[] {
  const times = new Map<string, number>();
  for (const { name } of files) times.set(resolve(name), (times.get(resolve(name)) ?? 0) + 1);
  return [...times]
    .filter(([, count]) => count > 1)
    .map(
      ([file, count]) =>
        `${basename(file)} was given ${count} times, and each of its requests counts as often`,
    );
}
