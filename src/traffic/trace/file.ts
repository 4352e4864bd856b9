import type { ArrivalBatch } from '../../algorithms/batch.ts';
import { spellDuration } from '../../units.ts';
import type { Tally } from './account.ts';
import { type Detected, detect } from './detect.ts';
import type { TraceParser } from './format.ts';
import { Feed } from './input/feed.ts';
import { isRegular, type OpenedText, openText } from './input/open.ts';
import { type Intake, intakeFor } from './intake.ts';
import type { KeyTable } from './keys.ts';
import type { TraceOptions } from './options.ts';
import { CountEmitter } from './rows/countemit.ts';
import { type Emitter, ExactEmitter, SpreadEmitter } from './rows/emit.ts';
import { Instants, keyStream, spreadStream, spreadWords } from './rows/instants.ts';
import { ReorderBuffer } from './rows/reorder.ts';
import { takeSample } from './sample.ts';

/** What all files of a run share. */
export interface TraceRun {
  readonly options: TraceOptions;
  readonly keys: KeyTable;
  readonly tally: Tally;
}

/** One file of a trace: its bytes become requests in time order, in microseconds since 1970. */
export class TraceFile {
  #text: OpenedText | undefined;
  #feed: Feed | undefined;
  #parser: TraceParser | undefined;
  #intake: Intake | undefined;
  #rows: ReorderBuffer | undefined;
  #emitter: Emitter | undefined;
  #ended = false;

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
    const text = await openText(name, run.options);
    const feed = new Feed(text.chunks);
    const sample = await takeSample(feed, name);
    const file = new TraceFile(name, index, run, detect(name, sample, run.options), text.compression);
    if (regular) {
      text.close();
    } else {
      file.#text = text;
      file.#feed = feed;
    }
    return file;
  }

  /** The format in words. */
  get title(): string {
    const { title } = this.#parser ?? this.detected.parser;
    return this.compression === undefined ? title : `${title}, ${this.compression}`;
  }

  get hasDurations(): boolean {
    return (this.#parser ?? this.detected.parser).hasDurations;
  }

  get #grainUs(): number {
    const { parser, grainUs } = this.detected;
    return parser.countStepUs === undefined ? grainUs : 1; // counts of one step stay together, whatever it is aligned to
  }

  async start(): Promise<void> {
    this.#text ??= await openText(this.name, this.run.options);
    if (this.#feed === undefined) {
      this.#feed = new Feed(this.#text.chunks);
      await takeSample(this.#feed, this.name);
    }
    const grainUs = this.#grainUs;
    const { spread } = this.run.options;
    this.#rows = new ReorderBuffer(
      this.run.keys,
      spread === 'none' && this.detected.parser.countStepUs === undefined ? 0 : grainUs,
    );
    this.#parser = this.detected.open(this.#rows, grainUs);
    this.#intake = intakeFor(this.#parser, this.run.tally, this.name);
    this.#emitter = this.#emitterFor(grainUs);
  }

  #emitterFor(grainUs: number): Emitter {
    const { spread, seed } = this.run.options;
    const instants = new Instants(spread, spreadStream(seed, this.index));
    const { countStepUs } = this.detected.parser;
    if (countStepUs !== undefined)
      return new CountEmitter(instants, countStepUs, keyStream(seed, this.index));
    return grainUs === 0 || spread === 'none' ? new ExactEmitter() : new SpreadEmitter(instants, grainUs);
  }

  /** Appends requests to the batch until it is full; false when the file has no more. */
  async fill(batch: ArrivalBatch): Promise<boolean> {
    const rows = this.#rows as ReorderBuffer;
    for (;;) {
      this.#emitter?.emit(rows, batch);
      if (batch.length === batch.capacity) return true;
      if (this.#ended) return batch.length > 0;
      await this.#refill(rows);
    }
  }

  /** Reads until the reorder buffer is full or the file ends, and readies what is in order. */
  async #refill(rows: ReorderBuffer): Promise<void> {
    const feed = this.#feed as Feed;
    const intake = this.#intake as Intake;
    rows.compact();
    const full = () => rows.full;
    for (;;) {
      feed.use(intake.run(feed.view, feed.ended, full));
      if (rows.full || intake.finished) break;
      await feed.more();
    }
    this.#ended = intake.finished;
    rows.settle(intake.finished);
    if (this.#ended) this.close();
  }

  notes(): string[] {
    const late = this.#rows?.outOfOrder ?? 0;
    return [
      ...(this.#parser?.notes() ?? []),
      ...this.#spreadNotes(),
      ...(late === 0 ? [] : [`${late} ${late === 1 ? 'line was' : 'lines were'} out of order and sorted`]),
    ];
  }

  #spreadNotes(): string[] {
    const { parser, grainUs } = this.detected;
    const rule = spreadWords[this.run.options.spread];
    if (parser.countStepUs !== undefined) {
      return [
        `counts were expanded to requests, placed in their step of ${spellDuration(parser.countStepUs)} ${rule}`,
      ];
    }
    if (grainUs === 0) return [];
    return [
      `times are whole multiples of ${spellDuration(grainUs)}; requests of one time were placed in it ${rule}`,
    ];
  }

  close(): void {
    this.#text?.close();
  }
}
