import type { ArrivalBatch } from '../../algorithms/batch.ts';
import { spellDuration } from '../../units.ts';
import { type Detected, detect } from './detect.ts';
import { isRegular } from './input/open.ts';
import { closeHead, type OpenedHead, openHead, Reading } from './reading.ts';
import { spreadWords } from './rows/instants.ts';
import type { TraceRun } from './run.ts';

/** What is known of a file beyond its head once it was read, and kept when all else of it is let go. */
interface Outcome {
  readonly title: string;
  readonly hasDurations: boolean;
  readonly notes: readonly string[];
  readonly outOfOrder: number;
}

/** One file of a trace: its bytes become requests in time order, in microseconds since 1970. */
export class TraceFile {
  #opened: OpenedHead | undefined;
  #reading: Reading | undefined;
  #outcome: Outcome | undefined;

  private constructor(
    readonly name: string,
    private readonly index: number,
    private readonly run: TraceRun,
    readonly detected: Detected,
    private readonly compression: string | undefined,
  ) {}

  /** Finds out what a file is. One that can be opened again is closed until its requests are wanted. */
  static async peek(name: string, index: number, run: TraceRun): Promise<TraceFile> {
    const regular = await isRegular(name);
    const opened = await openHead(name, run);
    const detected = detect(name, opened.sample, run.options);
    const file = new TraceFile(name, index, run, detected, opened.text.compression);
    if (regular) closeHead(opened);
    else file.#opened = opened;
    return file;
  }

  async start(): Promise<void> {
    const opened = this.#opened ?? (await openHead(this.name, this.run));
    this.#opened = undefined;
    this.#reading = new Reading(this.name, this.index, this.run, this.detected, opened);
  }

  /** Appends requests to the batch until it is full; false when the file has no more and gave none. */
  async fill(batch: ArrivalBatch): Promise<boolean> {
    if (this.#reading !== undefined && !(await this.#reading.fill(batch))) this.#finish();
    return batch.length > 0;
  }

  #finish(): void {
    this.#outcome = this.outcome;
    this.close();
    this.#reading = undefined;
  }

  /** What can be said by now. */
  get outcome(): Outcome {
    if (this.#outcome !== undefined) return this.#outcome;
    const { title, hasDurations } = this.#reading?.parser ?? this.detected;
    return {
      title: this.compression === undefined ? title : `${title}, ${this.compression}`,
      hasDurations,
      notes: [...(this.#reading?.parser.notes() ?? []), ...this.#spreadNotes()],
      outOfOrder: this.#reading?.outOfOrder ?? 0,
    };
  }

  #spreadNotes(): string[] {
    const { countStepUs, grainUs } = this.detected;
    const rule = spreadWords[this.run.options.spread];
    if (countStepUs !== undefined) {
      return [
        `counts were expanded to requests, placed in their step of ${spellDuration(countStepUs)} ${rule}`,
      ];
    }
    if (grainUs === 0) return [];
    return [
      `times are whole multiples of ${spellDuration(grainUs)}; requests of one time were placed in it ${rule}`,
    ];
  }

  close(): void {
    if (this.#opened !== undefined) closeHead(this.#opened);
    this.#opened = undefined;
    this.#reading?.close();
  }
}
