/** How far a run has come, told a few times a second. */
import { sum } from 'simple-statistics';
import type { LiveProgress } from './engine.ts';
import { wallClockMs } from './wall-clock.ts';

export interface Progress {
  /** Requests read so far. */
  readonly requests: number;
  /** Requests that the whole run is thought to have; absent when nobody knows. */
  readonly expected?: number;
  readonly elapsedMs: number;
  readonly ratePerSecond: number;
  /** What is running, where several parts run one after the other: `run 2 of 5`. */
  readonly part?: string;
  /** How long decisions take so far; absent on the virtual clock. */
  readonly latency?: LiveProgress;
}

export type OnProgress = (progress: Progress) => void;

export function progressOf(requests: number, expected: number | undefined, elapsedMs: number): Progress {
  const ratePerSecond = (requests / Math.max(elapsedMs, 1)) * 1e3;
  return { requests, elapsedMs, ratePerSecond, ...(expected !== undefined && { expected }) };
}

/**
 * The progress of parts with as many requests each, one after the other, as that of one whole. Answers who is to be told
 * of the part at a place, from 0 on, with its name.
 */
export function overParts(parts: number, onProgress: OnProgress): (at: number, name: string) => OnProgress {
  const startedMs = wallClockMs();
  const told = Array<number>(parts).fill(0); // what each part told last
  return (at, name) =>
    ({ requests, expected, part, latency }) => {
      told[at] = requests;
      const before = expected === undefined ? sum(told.slice(0, at)) : at * expected;
      const whole = expected === undefined ? undefined : parts * expected;
      onProgress({
        ...progressOf(before + requests, whole, wallClockMs() - startedMs),
        part: part === undefined ? name : `${name}: ${part}`,
        ...(latency && { latency }),
      });
    };
}
