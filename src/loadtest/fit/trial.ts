import type { Hypothesis } from './kind.ts';
import type { Observations } from './observations.ts';
import { byScore, type Score, score } from './score.ts';
import { leastTimingSurprise } from './timing.ts';

export interface Fit extends Hypothesis, Score {}

/** Scores hypotheses over the sample, each once. */
export class Trial {
  readonly #scores = new Map<string, Fit>();
  readonly #observations: Observations;
  readonly #epochUs: number;
  /** What the times of answers leave to chance with the limiter that explains them best. */
  readonly #leastSurprise: number;
  #tried = 0;

  constructor(observations: Observations, epochUs: number) {
    this.#observations = observations;
    this.#epochUs = epochUs;
    this.#leastSurprise = leastTimingSurprise(observations);
  }

  get tried(): number {
    return this.#tried;
  }

  /** `mostSurprise`: of what leaves more to chance only that is known, that it does: Infinity. */
  of(hypothesis: Hypothesis, mostSurprise = Number.POSITIVE_INFINITY): Fit {
    const name = JSON.stringify(hypothesis);
    const known = this.#scores.get(name);
    if (known) return known;
    this.#tried++;
    const mostUnexplained = mostSurprise - this.#leastSurprise;
    const fit = {
      ...hypothesis,
      ...score(hypothesis, this.#observations, this.#epochUs, { mostUnexplained }),
    };
    if (fit.surprise < Number.POSITIVE_INFINITY) this.#scores.set(name, fit);
    return fit;
  }

  /** The best of many, the best first. */
  best(hypotheses: readonly Hypothesis[], most: number, mostSurprise?: number): Fit[] {
    const best: Fit[] = [];
    for (const hypothesis of hypotheses) {
      best.push(this.of(hypothesis, best.length < most ? mostSurprise : best[most - 1].surprise));
      best.sort(byScore).splice(most);
    }
    return best;
  }
}
