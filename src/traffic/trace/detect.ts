import { noneCalled } from '../../did-you-mean.ts';
import { UsageError } from '../../errors.ts';
import type { Sample, TraceParser } from './format.ts';
import { formats } from './formats/index.ts';
import { openTemplate } from './formats/nginx.ts';
import { otherLogOf } from './formats/otherlogs.ts';
import type { TraceOptions } from './options.ts';
import type { RowSink } from './rows/reorder.ts';
import { isBinary, isOfAnyBytes } from './sample.ts';
import { judgedBytes, Search } from './search.ts';
import { frontTime } from './text/front.ts';
import { printable } from './text/printable.ts';
import { grainOf } from './time/grain.ts';
import { type Opener, type TrialContext, tryFormat } from './trial.ts';

/** What the head of a file tells. Holds nothing of the head itself, because many files may wait for their turn. */
export interface Detected {
  /** Opens the reader for good; the sample is the same head, read again where the file was closed in between. */
  open(sample: Sample, sink: RowSink, grainUs: number): TraceParser;
  readonly title: string;
  readonly hasDurations: boolean;
  readonly countStepUs: number | undefined;
  /** The step that all stamps of the sample are multiples of; 0 when they are finer than a second. */
  readonly grainUs: number;
  /** Earliest request of the sample; -Infinity when it holds none. */
  readonly firstUs: number;
}

/** Finds the format of a file by reading its head in every one, or in the one that the user named. */
export function detect(file: string, sample: Sample, options: TraceOptions): Detected {
  const base = { file, sample, options, grainUs: 0, trial: true };
  if (options.format !== undefined) return decide(formatNamed(options.format), base);
  const ofBytes = isOfAnyBytes(sample.bytes);
  const search = new Search(ofBytes ? formats.filter(({ binary }) => binary) : formats, base);
  const best = search.best();
  if (best !== undefined) return decide(best, base);
  const isGarbled = !ofBytes && isBinary(sample.bytes); // what text formats make of it says nothing
  throw isGarbled ? unknownFormat(file, sample) : refusalOf(file, sample, search.obstacle ?? search.refusal);
}

/**
 * Reads the whole sample: first to see how large plain numbers of time become, which tells their unit, then in that
 * unit to see the grain of the stamps.
 */
function decide(format: Opener, base: TrialContext): Detected {
  const bytes = base.sample.bytes.length;
  const guess = tryFormat(format, base, bytes)?.parser.guess;
  if (guess?.doubtful) {
    throw new UsageError(
      `${base.file}: its times are numbers that are no dates in any unit, and too large for seconds from a start of their own; say their unit, as in --time NAME:us (s, ms, us, ns, filetime)`,
    );
  }
  const context: TrialContext = guess === undefined ? base : { ...base, timeGuess: guess };
  const trial = tryFormat(format, context, bytes);
  if (trial === undefined || (trial.score === 0 && base.options.format !== undefined))
    throw notOfFormat(base);
  if (base.options.ratePerSecond !== undefined && hasTimes(format, context)) {
    throw new UsageError(`--rate: ${base.file} has times of its own; leave it out`);
  }
  const { parser, stamps } = trial;
  const { file, options, timeGuess } = context;
  const kept = { file, options, trial: false, ...(timeGuess === undefined ? {} : { timeGuess }) };
  return {
    open(sample, sink, grainUs) {
      const opened = format.open({ ...kept, sample, sink, grainUs });
      if (opened === undefined) throw new UsageError(`${file} changed while it was read`);
      return opened;
    },
    title: parser.title,
    hasDurations: parser.hasDurations,
    countStepUs: parser.countStepUs,
    grainUs: parser.exact ? 0 : grainOf(stamps),
    firstUs: earliest(stamps),
  };
}

/** Whether the format finds times in the file, so that no rate is needed to make them up. */
function hasTimes(format: Opener, context: TrialContext): boolean {
  const { ratePerSecond: _rate, ...options } = context.options;
  try {
    return (tryFormat(format, { ...context, options }, judgedBytes)?.score ?? 0) > 0;
  } catch (error) {
    if (error instanceof UsageError) return false; // it asks for a time, or for the rate
    throw error;
  }
}

function earliest(stamps: readonly number[]): number {
  if (stamps.length === 0) return Number.NEGATIVE_INFINITY;
  return stamps.reduce((a, b) => Math.min(a, b));
}

function formatNamed(name: string): Opener {
  if (name.includes('$')) return { open: (context) => openTemplate(name, context) };
  const format = formats.find((candidate) => candidate.name === name);
  if (format !== undefined) return format;
  const names = formats.map((candidate) => candidate.name);
  const whatElse = `use one of ${formatNames()}, or an nginx log_format string`;
  throw new UsageError(`--trace-format: ${noneCalled('format', name, names, whatElse)}`);
}

function notOfFormat({ file, sample, options }: TrialContext): UsageError {
  if (isBinary(sample.bytes)) return unknownFormat(file, sample);
  return new UsageError(
    `${file}: the first lines are not of the format ${options.format} that --trace-format names`,
  );
}

/** Why no format was found: what the file is, what a format said that nearly knew it, or what can be seen of it. */
function refusalOf(file: string, sample: Sample, said: UsageError | undefined): UsageError {
  const other = otherLogOf(sample.lines);
  return other === undefined ? (said ?? unknownFormat(file, sample)) : new UsageError(`${file}: ${other}`);
}

function unknownFormat(file: string, sample: Sample): UsageError {
  if (isBinary(sample.bytes) || isOfAnyBytes(sample.bytes)) {
    return new UsageError(
      `${file}: binary data in no known trace format (gzip, zstd and xz are unpacked by themselves)`,
    );
  }
  return new UsageError(
    `${file}: the format was not recognised; ${whatIsThere(sample.lines)}\nName the format with --trace-format (${formatNames()}, or an nginx log_format string that describes the lines), or the columns of a table with --time and --key.`,
  );
}

/** What the lines have that a request must have, and the first of them. */
function whatIsThere(lines: readonly string[]): string {
  const first = lines.find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '';
  const timed = lines.some((line) => frontTime(line) !== undefined);
  const has = timed
    ? 'its lines have times, but nothing tells which of them are requests'
    : 'none of its first lines has a time of a known notation';
  return `${has}; it begins: ${printable(Buffer.from(first), shownChars)}`;
}

const shownChars = 100;

function formatNames(): string {
  return formats.map(({ name }) => name).join(', ');
}
