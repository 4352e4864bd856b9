import type { ArrivalBatch } from '../algorithms/batch.ts';
import type { Span } from './arrivals/model.ts';

/** Where requests come from: a synthetic mix or a recorded trace, read batch by batch in time order. */
export interface ArrivalSource {
  /** Microseconds since 1970 of the run's time 0; what aligned windows are aligned by. 0 for synthetic traffic. */
  readonly epochUs: number;
  /** Whether the `durationUs` column means something. */
  readonly hasDurations: boolean;
  /** Fills `batch` from row 0 and sets `length`, `keys` and `tenants`; answers false when the traffic has ended. */
  next(batch: ArrivalBatch): boolean | Promise<boolean>;
  /** Begins to read the same requests sorted by key instead; undefined where they are only to be had in the order of time. */
  byKey?(): RequestsByKey | undefined;
  /** The text of a key, as the trace or the scenario spells it. */
  keyName(key: number): string;
  /** What was read so far, for the result. */
  summary(): TrafficSummary;
  /** Lets go of files. Safe to call twice. */
  close(): void | Promise<void>;
}

/** Requests sorted by key: all of one stretch of time, key by key, before any of the next (docs/decisions/made-by-key.md). */
export interface RequestsByKey {
  /** Fills `batch` as a source does, with at most `rows` and not beyond the end of a stretch, so that it may stay empty. */
  next(batch: ArrivalBatch, rows: number): boolean;
  /** The stretch of the last batch, and whether more of its requests are to come. */
  readonly stretch: Span;
  readonly isMidStretch: boolean;
  readonly longestStretchUs: number;
}

/** How the lines of a trace were accounted for: `read` = `used` + the sum of `skipped`. */
export interface LineCounts {
  readonly read: number;
  readonly used: number;
  readonly skipped: Readonly<Record<string, number>>;
}

/** The `traffic` part of a RunResult that the source itself knows; the engine counts requests, keys and cost. */
export interface TrafficSummary {
  readonly source: 'synthetic' | 'trace';
  /** The trace format in words, or the traffic models in use. */
  readonly format: string;
  /** What was decided while reading, each a sentence: the spreading rule, sorting, columns taken for the key. */
  readonly notes: readonly string[];
  readonly lines?: LineCounts;
  /** The first lines that could not be used, at most ten, each with its place and reason. */
  readonly malformed?: readonly { readonly at: string; readonly reason: string; readonly text: string }[];
}
