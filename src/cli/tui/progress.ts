/** The progress of a run as one line, and how it gets to the screen. */
import type { Progress } from '../../sim/progress.ts';
import { formatCount, formatDuration, formatShare } from '../../units.ts';
import { latencyWords } from '../progress-line.ts';

const barWidth = 24;

/** `██████░░░░ 43 %  12.3M of 28M requests  4.5M/s  3.5 s left`; without a bar where nobody knows how many will come. */
export function progressLine({ requests, expected, ratePerSecond, elapsedMs }: Progress): string {
  const rate = `${formatCount(ratePerSecond)}/s`;
  if (!expected) return `${formatCount(requests)} requests  ${rate}  for ${formatDuration(elapsedMs * 1e3)}`;
  const done = Math.min(1, requests / expected);
  const filled = Math.floor(done * barWidth);
  const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
  const left =
    ratePerSecond > 0 ? `  ${formatDuration(leftUs(expected - requests, ratePerSecond))} left` : '';
  return `${bar} ${formatShare(Math.floor(done * 100) / 100)}  ${formatCount(requests)} of ${formatCount(expected)} requests  ${rate}${left}`;
}

/** The line, which part is running where there are several, and about a store how long decisions take. */
export function progressLines(progress: Progress): string[] {
  const { part, latency } = progress;
  return [
    '',
    progressLine(progress),
    ...(part === undefined ? [] : ['', part]),
    ...(latency === undefined ? [] : [`decisions so far: ${latencyWords(latency)}`]),
  ];
}

/** Whole seconds: a longer guess would only flicker. */
function leftUs(requests: number, ratePerSecond: number): number {
  return Math.max(1, Math.ceil(requests / ratePerSecond)) * 1e6;
}

/** The last progress that was told, for `useSyncExternalStore`. */
export class ProgressFeed {
  #last: Progress | undefined;
  readonly #listeners = new Set<() => void>();

  readonly publish = (progress: Progress): void => {
    this.#last = progress;
    for (const listener of this.#listeners) listener();
  };

  readonly last = (): Progress | undefined => this.#last;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
