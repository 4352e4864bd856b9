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

export interface ScoreOptions {
  /** Is told what the limiter does not explain. */
  readonly contradicted?: (contradiction: Contradiction) => void;
  /** How many unexplained decisions are of interest: with more, the hearing ends and the surprise is Infinity. */
  readonly mostUnexplained?: number;
}

/** How well a limiter explains what was observed. */
export function score(
  hypothesis: Hypothesis,
  observations: Observations,
  epochUs: number,
  { contradicted, mostUnexplained = Number.POSITIVE_INFINITY }: ScoreOptions = {},
): Score {
  const kind = kindOf(hypothesis, epochUs);
  const notes = contradicted !== undefined;
  const restUs = kind.firstMatters ? longestRestUs(observations) : 0;
  const [best] = kind.forgetsAfterUs
    .filter((forgetsAfterUs, at) => at === 0 || forgetsAfterUs <= restUs)
    .map((forgetsAfterUs) => {
      const hearing = new Hearing(kind, { forgetsAfterUs, notes });
      const witnesses = heard(hearing, observations, mostUnexplained);
      return {
        witnesses,
        score: {
          ...summed(witnesses, mostUnexplained),
          forgetsAfterUs: kind.firstMatters ? forgetsAfterUs : null,
        },
      };
    })
    .sort((a, b) => byScore(a.score, b.score));
  for (const each of best.witnesses.flatMap(({ contradictions }) => contradictions)) contradicted?.(each);
  return best.score;
}

/** The witnesses of all clients, or of those until more than `mostUnexplained` decisions were. */
function heard(hearing: Hearing, observations: Observations, mostUnexplained: number): Witness[] {
  const witnesses: Witness[] = [];
  let left = mostUnexplained;
  for (const ofKey of observations) {
    for (const witness of hearing.hear(ofKey, left)) {
      witnesses.push(witness);
      left -= witness.unexplained;
    }
    if (left < 0) break;
  }
  return witnesses;
}

function summed(witnesses: readonly Witness[], mostUnexplained: number): Omit<Score, 'forgetsAfterUs'> {
  let unexplained = 0;
  let stretchUs = 0;
  const overheadUs: number[] = [];
  for (const witness of witnesses) {
    unexplained += witness.unexplained;
    stretchUs += witness.stretchUs;
    for (const each of witness.overheadUs) overheadUs.push(each);
  }
  const unevenUs = overheadUs.length === 0 ? null : unevennessUs(overheadUs);
  const surprise =
    unexplained > mostUnexplained
      ? Number.POSITIVE_INFINITY
      : unexplained + timingSurprise(unevenUs ?? 0, overheadUs.length);
  return { unexplained, unevenUs, surprise, stretchUs };
}

/** Below 0 when `a` leaves less to chance. */
export function byScore(a: Score, b: Score): number {
  return a.surprise - b.surprise || a.stretchUs - b.stretchUs;
}
