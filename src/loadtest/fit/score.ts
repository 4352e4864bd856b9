import { Hearing } from './hearing.ts';
import { type Hypothesis, kindOf } from './kind.ts';
import { longestRestUs, type Observations } from './observations.ts';
import { timingSurprise, unevennessUs } from './timing.ts';
import type { Contradiction, Witness } from './witness.ts';

export interface Score {
  /** Decisions that it would not have made at any instant at which they may have fallen. */
  readonly unexplained: number;
  /** How far the times that answers to admissions took, less the limiter's delay, lie from their mean, on average; null without such times. */
  readonly unevenUs: number | null;
  /** What is left to chance, counted in unexplained decisions. */
  readonly surprise: number;
  /** How much later than their earliest instants admissions must have been decided, in all: of two, the lower is nearer. */
  readonly stretchUs: number;
  /** How long a client rests until it is forgotten; Infinity where it never is, null where that makes no difference. */
  readonly forgetsAfterUs: number | null;
}

/** How well a limiter explains what was observed. `contradicted` is told what it does not explain. */
export function score(
  hypothesis: Hypothesis,
  observations: Observations,
  epochUs: number,
  contradicted?: (contradiction: Contradiction) => void,
): Score {
  const kind = kindOf(hypothesis, epochUs);
  const notes = contradicted !== undefined;
  const restUs = longestRestUs(observations);
  const [best] = kind.forgetsAfterUs
    .filter((forgetsAfterUs, at) => at === 0 || forgetsAfterUs <= restUs)
    .map((forgetsAfterUs) => {
      const hearing = new Hearing(kind, { forgetsAfterUs, notes });
      const witnesses = observations.flatMap((ofKey) => hearing.hear(ofKey));
      return {
        witnesses,
        score: { ...summed(witnesses), forgetsAfterUs: kind.firstMatters ? forgetsAfterUs : null },
      };
    })
    .sort((a, b) => byScore(a.score, b.score));
  for (const each of best.witnesses.flatMap(({ contradictions }) => contradictions)) contradicted?.(each);
  return best.score;
}

function summed(witnesses: readonly Witness[]): Omit<Score, 'forgetsAfterUs'> {
  let unexplained = 0;
  let stretchUs = 0;
  const overheadUs: number[] = [];
  for (const witness of witnesses) {
    unexplained += witness.unexplained;
    stretchUs += witness.stretchUs;
    for (const each of witness.overheadUs) overheadUs.push(each);
  }
  const unevenUs = overheadUs.length === 0 ? null : unevennessUs(overheadUs);
  const surprise = unexplained + timingSurprise(unevenUs ?? 0, overheadUs.length);
  return { unexplained, unevenUs, surprise, stretchUs };
}

/** Below 0 when `a` leaves less to chance. */
export function byScore(a: Score, b: Score): number {
  return a.surprise - b.surprise || a.stretchUs - b.stretchUs;
}
