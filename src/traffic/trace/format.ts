import type { Skip } from './account.ts';
import type { TraceOptions } from './options.ts';
import type { RowSink } from './rows/reorder.ts';
import type { ObjectList } from './text/objects.ts';
import type { TimeGuess } from './time/epoch.ts';

/** What a format is opened with: the head of the file, the user's wishes, and where requests go. */
export interface FormatContext {
  /** For messages. */
  readonly file: string;
  readonly sample: Sample;
  readonly options: TraceOptions;
  readonly sink: RowSink;
  /** A trial run over the sample: check each line as a whole, report times as they are written. */
  readonly trial: boolean;
  /** Steps in which stamps lie, 0 when they are exact; what is subtracted from them is rounded down to it. */
  readonly grainUs: number;
  /** What plain numbers of time are, as the trial found it. */
  readonly timeGuess?: TimeGuess;
}

/** The decompressed head of a file, without a byte order mark, and without what a long preamble of comments begins with. */
export interface Sample {
  readonly bytes: Buffer;
  /** Whole lines of it, or the objects of a JSON list; at most the first thousand that are no comments. */
  readonly lines: readonly string[];
  /** The file is JSON objects that are not one a line. */
  readonly list?: ObjectList;
  /** The file ends within the sample. */
  readonly whole: boolean;
}

/** Turns lines into requests. */
export interface TraceParser {
  /** For the result: `Apache combined log`. */
  readonly title: string;
  readonly hasDurations: boolean;
  /** What was decided, known when lines were read. */
  notes(): readonly string[];
  /** Reads the line in `buf[from, to)`; answers why it gave no request. */
  line(buf: Buffer, from: number, to: number): Skip | undefined;
  /** What is read: lines of text unless said otherwise; records of so many bytes; or the file as one document. */
  readonly unit?: 'lines' | 'document' | number;
  /** Lines that begin with # mean something to the format. */
  readonly readsDirectives?: boolean;
  /** Times are exact by definition of the format, and never spread. */
  readonly exact?: boolean;
  /** A row is `cost` requests in a step of this many microseconds. */
  readonly countStepUs?: number;
  /** The unit of times that are plain numbers, when it had to be guessed. */
  readonly guess?: TimeGuess | undefined;
  /** Requests that could only be told at the end: of a table that had to be turned. Not lines. */
  rest?(): Generator<Skip | undefined>;
  /** The entries of a document, each accounted as a line. */
  document?(bytes: Buffer): Generator<Skip | undefined>;
}

/** What a format takes from its lines unless the user says otherwise. */
export interface FormatDefaults {
  readonly time: string;
  readonly key: string;
  /** 1 each where there is none. */
  readonly cost?: string;
  readonly duration?: string;
}

/** One way in which traces are written. */
export interface TraceFormat {
  readonly name: string;
  readonly title: string;
  /** One sentence for lists. */
  readonly about: string;
  readonly defaults: FormatDefaults;
  /** Reads files of any program, and is asked last. */
  readonly generic?: boolean;
  /** Skips what it does not know without harm, so that it is asked only when no other reads any part. */
  readonly lastResort?: boolean;
  /** Reads records of bytes; all others read text. */
  readonly binary?: boolean;
  /** A reader of files that look like the sample, or nothing when this one does not. */
  open(context: FormatContext): TraceParser | undefined;
}
