import type { LimiterContext, Quota } from '../algorithm.ts';
import { alignmentUs } from '../alignment.ts';
import type { BucketSettings } from './token-bucket.ts';

export interface IntervalSettings extends BucketSettings {
  /** Whether refills come at multiples of the period since 1970, or since the key's first request. */
  readonly refill: 'interval' | 'aligned';
}

/** When the refill clock of a key starts whose first request comes at `nowUs`. */
export type Opening = (nowUs: number) => number;

export function openingOf(
  { periodUs }: Quota,
  refill: IntervalSettings['refill'],
  { epochUs }: LimiterContext,
): Opening {
  if (refill === 'interval') return (nowUs) => nowUs;
  const alignment = alignmentUs(epochUs, periodUs);
  return (nowUs) => nowUs - ((nowUs + alignment) % periodUs);
}
