import { type BadLine, type Skip, skips, Tally } from './account.ts';
import type { FormatContext, TraceFormat, TraceParser } from './format.ts';
import { intakeFor } from './intake.ts';
import type { RowSink } from './rows/reorder.ts';
import { lineFeed } from './text/bytes.ts';

export type Opener = Pick<TraceFormat, 'open'>;
export type TrialContext = Omit<FormatContext, 'sink'>;

/** What came of reading a sample in one format. */
export interface Trial {
  readonly parser: TraceParser;
  readonly stamps: readonly number[];
  /** Share of the lines that may be requests which were read. */
  readonly score: number;
  /** The first line that could not be used, where none could. */
  readonly unused: BadLine | undefined;
}

/** What a file of the right shape gets in which no request is yet. */
const noRequestScore = 0.5;

/** Collects the times of a trial. */
class TrialSink implements RowSink {
  readonly stamps: number[] = [];

  add(timeUs: number): Skip | undefined {
    if (!Number.isSafeInteger(timeUs)) return skips.outOfRange;
    this.stamps.push(timeUs);
    return undefined;
  }
}

/** Reads the first bytes of a sample in a format; nothing when the format does not know it. */
export function tryFormat(format: Opener, base: TrialContext, bytes: number): Trial | undefined {
  const sink = new TrialSink();
  const parser = format.open({ ...base, sink });
  if (parser === undefined) return undefined;
  if (parser.unit === 'document') return { parser, stamps: [], score: 1, unused: undefined };
  const tally = new Tally();
  const { sample } = base;
  const view = sample.bytes.subarray(0, bytes);
  const cut = view.length === sample.bytes.length ? view : view.subarray(0, view.lastIndexOf(lineFeed) + 1);
  const last = sample.whole && cut.length === sample.bytes.length;
  intakeFor(parser, tally, base.file, sample).run(cut.length > 0 ? cut : sample.bytes, last, () => false);
  const judged = tally.used + tally.malformed;
  return {
    parser,
    stamps: sink.stamps,
    score: judged === 0 ? scoreOfNone(sample) : tally.used / judged,
    unused: tally.used === 0 ? tally.examples[0] : undefined,
  };
}

/** A line that is longer than the sample tells nothing. */
function scoreOfNone({ bytes, whole }: TrialContext['sample']): number {
  return whole || bytes.includes(lineFeed) ? noRequestScore : 0;
}
