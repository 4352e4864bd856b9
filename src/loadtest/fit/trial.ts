import type { Hypothesis } from './kind.ts';
import type { Observations } from './observations.ts';
import { type Score, score } from './score.ts';

export interface Fit extends Hypothesis, Score {}

/** Scores hypotheses over the sample, each once. */
export class Trial {
  readonly #scores = new Map<string, Fit>();
  readonly #observations: Observations;
  readonly #epochUs: number;

  constructor(observations: Observations, epochUs: number) {
    this.#observations = observations;
    this.#epochUs = epochUs;
  }

  get tried(): number {
    return this.#scores.size;
  }

  of(hypothesis: Hypothesis): Fit {
    const name = JSON.stringify(hypothesis);
    const known = this.#scores.get(name);
    if (known) return known;
    const fit = { ...hypothesis, ...score(hypothesis, this.#observations, this.#epochUs) };
    this.#scores.set(name, fit);
    return fit;
  }
}
