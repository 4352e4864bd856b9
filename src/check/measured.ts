/** Figures that depend on the machine, judged over repeated runs. */
import { median } from 'simple-statistics';
import { betterEnd } from '../report/columns/direction.ts';
import { isMeasured, readFigure, spellFigure } from '../sim/figure.ts';
import type { AlgorithmResult, Check } from '../sim/result.ts';
import { type Change, changeOf, type Direction, fewestRuns, isWorse } from './significance.ts';

/** A figure that is not as it should be. */
export type Broken = Pick<Check, 'field' | 'expected' | 'seen'>;

/** How much worse a measured figure may be when nothing else is said: less is hard to tell from a noisy neighbour. */
export const defaultShare = 0.1;

/** The figure of each run; undefined where there were too few to judge by. */
export function samplesOf(row: AlgorithmResult, path: string): readonly number[] | undefined {
  const samples = row.runs?.[path]?.values.filter((value) => value !== null) ?? [];
  return samples.length < fewestRuns ? undefined : samples;
}

/** Whether a measured figure that both have could not be judged, for want of runs. */
export function isUnjudged(saved: AlgorithmResult, now: AlgorithmResult, path: string): boolean {
  const exists = readFigure(saved, path) !== null && readFigure(now, path) !== null;
  return exists && isMeasured(now, path) && !(samplesOf(saved, path) && samplesOf(now, path));
}

/** The figure when it has become worse by more than `share`, and not by chance. */
export function worsened(
  path: string,
  saved: AlgorithmResult,
  now: AlgorithmResult,
  share = defaultShare,
): Broken[] {
  const [before, after] = [samplesOf(saved, path), samplesOf(now, path)];
  if (before === undefined || after === undefined) return [];
  const better = betterEnd(path);
  const change = changeOf(before, after, better);
  if (!isWorse(change, better, share)) return [];
  const middle = (samples: readonly number[]) =>
    spellFigure(path, Number(median([...samples]).toPrecision(6)));
  const seen = `${middle(after)}: ${changeWords(change)} (median of ${after.length} runs)`;
  return [
    { field: path, expected: `${middle(before)}, ${bound(better)} by ${spellShare(share)} at most`, seen },
  ];
}

function bound(better: Direction): string {
  return better === undefined ? 'other' : better === 'lower' ? 'higher' : 'lower';
}

/** `+21%, by chance in 0.02% of cases`. */
function changeWords({ ratio, probability }: Change): string {
  const chance = probability === 0 ? 'under 0.01%' : `${Number((probability * 100).toPrecision(2))}%`;
  return `${ratio > 0 ? '+' : ''}${Number((ratio * 100).toPrecision(3))}%, by chance in ${chance} of cases`;
}

export function spellShare(share: number): string {
  return `${Number((share * 100).toPrecision(12))}%`;
}
