import type { Limiter, Quota } from '../../algorithms/algorithm.ts';
import { findAlgorithm, type Selection, validParams } from '../../sim/selection.ts';

/** A limiter that may have decided what was observed. */
export interface Hypothesis {
  readonly selection: Selection;
  readonly quota: Quota;
  /** How long after the multiples of its period since 1970 an aligned window begins. */
  readonly phaseUs: number;
}

/** What a hypothesis says of the limiter, beside its decisions. */
export interface LimiterKind {
  readonly create: () => Limiter;
  /** Whether it is a queue, which answers some admissions later than it decides. */
  readonly holdsBack: boolean;
  /** Whether a client that has rested is told from a new one. */
  readonly firstMatters: boolean;
  /**
   * How long a client may rest until it is forgotten, the likeliest first: never, or when nothing but the instant of its
   * first request still matters, or a period after that, as the scripts for Redis keep it. Where a client that has rested is like
   * a new one, it is forgotten then.
   */
  readonly forgetsAfterUs: readonly number[];
}

export function kindOf({ selection, quota, phaseUs }: Hypothesis, epochUs: number): LimiterKind {
  const algorithm = findAlgorithm(selection.algorithm);
  const params = validParams(algorithm, selection.params);
  const create = () => algorithm.create(quota, params, { epochUs: epochUs - phaseUs });
  const ttlUs = algorithm.ttlUs(quota, params);
  const firstMatters = tellsRestedFromNew(create(), quota, ttlUs);
  const never = Number.POSITIVE_INFINITY;
  return {
    create,
    holdsBack: algorithm.holdsBack,
    firstMatters,
    forgetsAfterUs: firstMatters ? [never, ttlUs, ttlUs + quota.periodUs] : [ttlUs],
  };
}

function tellsRestedFromNew(limiter: Limiter, { periodUs }: Quota, ttlUs: number): boolean {
  const laterUs = ttlUs + Math.round(periodUs / 3); // in the middle of whatever began at 0
  limiter.reserve(2);
  limiter.refuse(0, 0, 1);
  limiter.take(0, 0, 1, 0);
  const [rested, unknown] = [0, 1].map((client) => {
    const atOnce = limiter.remaining(client, laterUs);
    limiter.take(client, laterUs, atOnce, 0);
    return [atOnce, limiter.waitUs(client, laterUs, 1)].join();
  });
  return rested !== unknown;
}

/** Whether the limiter knows the time of day: then it waits differently at another phase. */
export function isAligned({ selection, quota }: Pick<Hypothesis, 'selection' | 'quota'>): boolean {
  const waits = [0, 0.25, 0.5].map((part) => {
    const phaseUs = Math.round(part * quota.periodUs);
    const limiter = kindOf({ selection, quota, phaseUs }, 0).create();
    limiter.reserve(1);
    limiter.take(0, 0, Math.max(quota.limit, quota.burst), 0);
    return limiter.waitUs(0, 0, 1);
  });
  return new Set(waits).size > 1;
}
