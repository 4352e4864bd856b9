import type { Limiter, Quota } from '../../algorithms/algorithm.ts';
import { findAlgorithm, type Selection, validParams } from '../../sim/selection.ts';
import type { Observation, Observations } from './observations.ts';

/** A limiter that may have decided what was observed. */
export interface Hypothesis {
  readonly selection: Selection;
  readonly quota: Quota;
  /** How long after the multiples of its period since 1970 an aligned window begins. */
  readonly phaseUs: number;
}

export interface Score {
  /** Decisions that it would not have made at any instant at which they may have fallen. */
  readonly unexplained: number;
  /** How much later than their earliest instants admissions must have been decided, in all: of two, the lower is nearer. */
  readonly stretchUs: number;
}

/** A decision that speaks against a hypothesis. */
export interface Contradiction {
  readonly observation: Observation;
  /** The limiter's state in words before that decision. */
  readonly state: string;
}

export function limiterOf({ selection, quota, phaseUs }: Hypothesis, epochUs: number): Limiter {
  const algorithm = findAlgorithm(selection.algorithm);
  const params = validParams(algorithm, selection.params);
  return algorithm.create(quota, params, { epochUs: epochUs - phaseUs });
}

/**
 * Asks the limiter about each decision on the history that was OBSERVED, not on its own: one wrong decision does not
 * spoil the rest. An admission is explained when it conforms at some instant of its interval; a refusal when it does not
 * conform at the earliest, or not once admissions that overlap it in time were decided first.
 */
export function score(
  hypothesis: Hypothesis,
  observations: Observations,
  epochUs: number,
  contradicted?: (contradiction: Contradiction) => void,
): Score {
  const limiter = limiterOf(hypothesis, epochUs);
  const keys = observations.reduce((most, { key }) => Math.max(most, key + 1), 0);
  limiter.reserve(keys);
  const witness = new Witness(limiter, contradicted);
  for (const observation of observations) witness.hear(observation);
  witness.settle(Number.POSITIVE_INFINITY);
  return { unexplained: witness.unexplained, stretchUs: witness.stretchUs };
}

class Witness {
  unexplained = 0;
  stretchUs = 0;
  readonly #limiter: Limiter;
  readonly #contradicted: ((contradiction: Contradiction) => void) | undefined;
  #key = -1;
  #nowUs = 0;
  /** Refusals that an overlapping admission may yet explain. */
  #pending: Observation[] = [];

  constructor(limiter: Limiter, contradicted?: (contradiction: Contradiction) => void) {
    this.#limiter = limiter;
    this.#contradicted = contradicted;
  }

  hear(observation: Observation): void {
    const { key, fromUs, toUs, cost, allowed } = observation;
    if (key !== this.#key) this.#begin(key);
    this.settle(fromUs);
    this.#nowUs = Math.max(this.#nowUs, fromUs);
    const waitUs = this.#limiter.waitUs(key, this.#nowUs, cost);
    if (allowed) this.#admit(observation, waitUs, waitUs <= Math.max(0, toUs - this.#nowUs));
    else if (waitUs > 0) this.#limiter.refuse(key, this.#nowUs, cost);
    else this.#pending.push(observation);
  }

  /** Gives up on refusals that were over before `untilUs`. */
  settle(untilUs: number): void {
    if (this.#pending.length === 0) return;
    const over = this.#pending.filter(({ toUs }) => toUs < untilUs);
    this.#pending = this.#pending.filter(({ toUs }) => toUs >= untilUs);
    for (const observation of over) {
      this.#contradict(observation);
      this.#limiter.refuse(observation.key, this.#nowUs, observation.cost);
    }
  }

  #begin(key: number): void {
    this.settle(Number.POSITIVE_INFINITY);
    this.#key = key;
    this.#nowUs = 0;
  }

  #admit(observation: Observation, waitUs: number, isExplained: boolean): void {
    if (isExplained) {
      this.#nowUs += waitUs;
      this.stretchUs += waitUs;
    } else this.#contradict(observation);
    this.#limiter.take(observation.key, this.#nowUs, observation.cost, 0);
    if (this.#pending.length > 0) this.#reconsider();
  }

  #reconsider(): void {
    this.#pending = this.#pending.filter(({ key, cost }) => {
      if (this.#limiter.waitUs(key, this.#nowUs, cost) <= 0) return true;
      this.#limiter.refuse(key, this.#nowUs, cost);
      return false;
    });
  }

  #contradict(observation: Observation): void {
    this.unexplained++;
    this.#contradicted?.({ observation, state: this.#limiter.explain(observation.key, this.#nowUs) });
  }
}

/** Below 0 when `a` explains more, or as much with less stretch. */
export function byScore(a: Score, b: Score): number {
  return a.unexplained - b.unexplained || a.stretchUs - b.stretchUs;
}
