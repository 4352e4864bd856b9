import type { SpreadRule } from './rows/instants.ts';

/** What the user may say about a trace; everything else is found in the file itself. */
export interface TraceOptions {
  /** Name of a registered format, or an nginx `log_format` string. */
  readonly format?: string | undefined;
  /** Field that tells clients apart; several joined by `,` make one key, written with `/` between them. */
  readonly key?: string | undefined;
  /** Field that holds the units that a request takes; 1 each when absent. */
  readonly cost?: string | undefined;
  /** Field that holds the time, optionally with its unit: `ts:ms`. */
  readonly time?: string | undefined;
  /** How requests that share a coarse stamp are placed inside it. */
  readonly spread: SpreadRule;
  readonly seed: number;
  /** Constant rate at which a trace that has an order but no times is replayed. */
  readonly ratePerSecond?: number;
  /** Largest share of malformed lines that still counts as a readable trace. */
  readonly maxMalformedRatio: number;
  /** What the file name `-` stands for. */
  readonly stdin?: NodeJS.ReadableStream;
}

/** The options that a caller may leave out. */
export const traceDefaults = { spread: 'poisson', seed: 1, maxMalformedRatio: 0.01 } as const;
