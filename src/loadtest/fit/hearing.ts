import type { Limiter } from '../../algorithms/algorithm.ts';
import type { LimiterKind } from './kind.ts';
import type { Observation } from './observations.ts';
import { Witness } from './witness.ts';

/** Instants between a client's first request and its answer at which that may have been decided: so many, and not nearer than that. */
const mostOpenings = 5;
const leastStepUs = 10_000;

export interface HearingOptions {
  /** How long a client rests until it is forgotten, so that its next request is a first one again. */
  readonly forgetsAfterUs: number;
  /** Whether contradictions are wanted, which costs time. */
  readonly notes: boolean;
}

/**
 * Hears all clients about one limiter. When between its sending and its answer the first request of a client, or of one that was
 * forgotten, was decided is not known, but matters long after, as for a bucket that is filled once a period: the instant that
 * explains most is taken.
 */
export class Hearing {
  readonly #limiter: Limiter;
  readonly #kind: LimiterKind;
  readonly #options: HearingOptions;
  #slots = 0;

  constructor(kind: LimiterKind, options: HearingOptions) {
    this.#limiter = kind.create();
    this.#kind = kind;
    this.#options = options;
  }

  /** The decisions about one client, as one witness for each time that it began anew, until more than `mostUnexplained` were. */
  hear(ofKey: readonly Observation[], mostUnexplained: number): Witness[] {
    const decided = this.#kind.holdsBack ? asAnswered(ofKey) : ofKey;
    const witnesses: Witness[] = [];
    let left = mostUnexplained;
    for (const life of livesOf(decided, this.#options.forgetsAfterUs)) {
      const witness = this.#best(life, left);
      witnesses.push(witness);
      left -= witness.unexplained;
      if (left < 0) break;
    }
    return witnesses;
  }

  #best(life: readonly Observation[], mostUnexplained: number): Witness {
    const [first, ...others] = life;
    const stepUs = Math.max(leastStepUs, Math.floor((first.toUs - first.fromUs) / (mostOpenings - 1)));
    let best = this.#heard(life, mostUnexplained);
    for (let fromUs = first.fromUs + stepUs; fromUs <= first.toUs && best.unexplained > 0; fromUs += stepUs) {
      const next = this.#heard([{ ...first, fromUs }, ...others], best.unexplained);
      if (next.unexplained < best.unexplained) best = next;
    }
    return best;
  }

  #heard(observations: readonly Observation[], mostUnexplained: number): Witness {
    this.#limiter.reserve(this.#slots + 1);
    const witness = new Witness(this.#limiter, this.#slots++, this.#options.notes);
    for (const observation of observations) {
      witness.hear(observation);
      if (witness.unexplained > mostUnexplained) break;
    }
    witness.finish();
    return witness;
  }
}

/** A queue answers admissions in the order in which it decided: so none was decided before one that was answered earlier. */
function asAnswered(ofKey: readonly Observation[]): readonly Observation[] {
  if (ofKey[0].tookUs === undefined) return ofKey;
  const admitted = ofKey.filter(({ allowed }) => allowed).sort((a, b) => a.toUs - b.toUs);
  let fromUs = 0;
  const ordered = admitted.map((one) => {
    fromUs = Math.max(fromUs, one.fromUs);
    return { ...one, fromUs };
  });
  return [...ordered, ...ofKey.filter(({ allowed }) => !allowed)].sort((a, b) => a.fromUs - b.fromUs);
}

/** Cut where a client rested for so long that it was forgotten. */
function* livesOf(ofKey: readonly Observation[], forgetsAfterUs: number): Generator<readonly Observation[]> {
  let start = 0;
  for (let at = 1; at < ofKey.length; at++) {
    if (ofKey[at].fromUs - ofKey[at - 1].fromUs < forgetsAfterUs) continue;
    yield ofKey.slice(start, at);
    start = at;
  }
  yield ofKey.slice(start);
}
