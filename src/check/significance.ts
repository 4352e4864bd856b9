/** Whether a measured figure really changed: a test against chance and the size of the change, for neither is enough. */
import { median, permutationTest } from 'simple-statistics';
import { stream } from '../traffic/random.ts';

/** Fewer runs than this on a side cannot be told from chance at 1 %: 4 against 4 fall apart by chance 1 time in 70. */
export const fewestRuns = 5;
/** The chance of crying wolf that is taken, for each figure. */
const significance = 0.01;
const permutations = 10_000;

export type Direction = 'lower' | 'higher' | undefined;

export interface Change {
  /** Hodges and Lehmann's shift over the median before: 0.2 is 20 % more. */
  readonly ratio: number;
  /** Chance of a difference this large, or larger, if nothing had changed. */
  readonly probability: number;
}

/**
 * How far `now` lies from `before`. The shift is the median of all differences between the two, which single outliers
 * do not move (Hodges & Lehmann 1963); the probability is that of the rank sum (Wilcoxon 1945, Mann & Whitney 1947) by
 * random permutations, which asks for no kind of distribution. `better` is the good end: the test looks for the other
 * one, or for both when there is none.
 */
export function changeOf(before: readonly number[], now: readonly number[], better: Direction): Change {
  const shift = median(now.flatMap((one) => before.map((other) => one - other)));
  const middle = median([...before]);
  const ratio = shift === 0 ? 0 : shift / Math.abs(middle);
  const pooled = [...before, ...now];
  const ranks = (values: readonly number[]) => values.map((value) => rankOf(value, pooled));
  const alternative = better === undefined ? 'two_side' : better === 'lower' ? 'greater' : 'less';
  const draw = stream(1, 'permutations'); // the same samples get the same verdict each time
  return { ratio, probability: permutationTest(ranks(now), ranks(before), alternative, permutations, draw) };
}

/** Whether the change is for the worse, by more than `share`, and not by chance. */
export function isWorse(change: Change, better: Direction, share: number): boolean {
  const ended = better === undefined || (better === 'lower') === change.ratio > 0; // at the bad end
  return ended && isReal(change, share);
}

/** Whether the change, in either direction, is more than `share` and not by chance. */
export function isReal({ ratio, probability }: Change, share: number): boolean {
  return Math.abs(ratio) > share && probability < significance;
}

/** Its place among all, from 1; the mean of the places that equal values share. */
function rankOf(value: number, pooled: readonly number[]): number {
  const below = pooled.filter((other) => other < value).length;
  const equal = pooled.filter((other) => other === value).length;
  return below + (equal + 1) / 2;
}
