/** From bytes to accounted lines: a trace is cut into what its format reads. */
import { UsageError } from '../../errors.ts';
import { type Skip, skips, type Tally } from './account.ts';
import type { Sample, TraceParser } from './format.ts';
import { LineIntake } from './lineintake.ts';
import { ObjectIntake } from './objectintake.ts';

/** Somewhat less than a JavaScript string can hold. */
const maxDocumentBytes = 512e6;

/** Reads a view of bytes as far as it can. */
export interface Intake {
  /** Everything was read and accounted. */
  readonly finished: boolean;
  /** Reads from the view's start until `full`, or until whole units run out; answers how many bytes it used. */
  run(view: Buffer, last: boolean, full: () => boolean): number;
}

export function intakeFor(parser: TraceParser, tally: Tally, file: string, { list }: Sample): Intake {
  if (parser.unit === 'document') return new DocumentIntake(parser, tally, file);
  if (typeof parser.unit === 'number') return new WordIntake(parser, parser.unit, tally, file);
  return list === undefined
    ? new LineIntake(parser, tally, file)
    : new ObjectIntake(parser, tally, file, list);
}

/** Records of a fixed number of bytes. */
class WordIntake implements Intake {
  finished = false;
  #record = 0;

  constructor(
    private readonly parser: TraceParser,
    private readonly bytes: number,
    private readonly tally: Tally,
    private readonly file: string,
  ) {}

  run(view: Buffer, last: boolean, full: () => boolean): number {
    let at = 0;
    for (; at + this.bytes <= view.length && !full(); at += this.bytes) {
      this.#account(this.parser.line(view, at, at + this.bytes), view.subarray(at, at + this.bytes));
    }
    if (!last || full()) return at;
    if (at < view.length) this.#account(skips.truncated, view.subarray(at));
    this.finished = true;
    return view.length;
  }

  #account(outcome: Skip | undefined, bytes: Buffer): void {
    this.#record++;
    if (outcome === undefined) this.tally.use();
    else this.tally.skip(outcome, () => `${this.file}: record ${this.#record}`, bytes);
  }
}

/** A file that can only be read whole; its entries are accounted as lines. */
class DocumentIntake implements Intake {
  finished = false;
  #entries: Generator<Skip | undefined> | undefined;
  #entry = 0;

  constructor(
    private readonly parser: TraceParser,
    private readonly tally: Tally,
    private readonly file: string,
  ) {}

  run(view: Buffer, last: boolean, full: () => boolean): number {
    if (view.length > maxDocumentBytes) {
      throw new UsageError(
        `${this.file}: a document of more than 512 MB cannot be read whole; write one JSON object a line instead`,
      );
    }
    if (!last) return 0;
    this.#entries ??= this.parser.document?.(view);
    while (!full()) {
      const next = this.#entries?.next();
      if (next === undefined || next.done) {
        this.finished = true;
        return view.length;
      }
      this.#entry++;
      if (next.value === undefined) this.tally.use();
      else this.tally.skip(next.value, () => `${this.file}: entry ${this.#entry}`, Buffer.alloc(0));
    }
    return 0;
  }
}
