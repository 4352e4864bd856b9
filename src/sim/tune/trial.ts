import type { Limiter, LimiterContext } from '../../algorithms/algorithm.ts';
import { type ArrivalBatch, DecisionBatch } from '../../algorithms/batch.ts';
import { grown } from '../../algorithms/columns.ts';
import { AdmissionLog } from '../meters/admissions.ts';
import { findAlgorithm, validParams } from '../selection.ts';
import type { Candidate } from './candidates.ts';

/** What a candidate did to the traffic. */
export interface Outcome {
  readonly candidate: Candidate;
  readonly refusedRequests: number;
  /** Keys of which at least one request was refused. */
  readonly refusedClients: number;
  /** Most units of all keys together in any trailing span of the cap. */
  readonly peakAdmitted: number;
  readonly bytesPerKey: number;
}

/** One candidate limit over the traffic, which it must be given in the order of time. */
export class Trial {
  readonly #candidate: Candidate;
  readonly #limiter: Limiter;
  readonly #decisions: DecisionBatch;
  readonly #admissions: AdmissionLog;
  readonly #spanUs: number;
  #refused = new Uint8Array(0); // 1 for each key that met a refusal
  #refusedRequests = 0;

  constructor(candidate: Candidate, context: LimiterContext, spanUs: number, capacity: number) {
    const algorithm = findAlgorithm(candidate.selection.algorithm);
    const params = validParams(algorithm, candidate.selection.params);
    this.#candidate = candidate;
    this.#limiter = algorithm.create(candidate.quota, params, context);
    this.#decisions = new DecisionBatch(capacity);
    this.#spanUs = spanUs;
    this.#admissions = new AdmissionLog([spanUs], spanUs);
    this.#admissions.reserve(1);
    this.#admissions.select(0); // all keys as one
  }

  take(arrivals: ArrivalBatch): void {
    const { timeUs, key, cost, length, keys } = arrivals;
    const { allowed } = this.#decisions;
    this.#refused = grown(this.#refused, keys);
    this.#limiter.reserve(keys);
    this.#limiter.decide(arrivals, this.#decisions);
    for (let row = 0; row < length; row++) {
      if (cost[row] === 0) continue; // a peek takes nothing
      if (allowed[row] === 1) {
        this.#admissions.admit(timeUs[row], cost[row]);
      } else {
        this.#refusedRequests++;
        this.#refused[key[row]] = 1;
      }
    }
  }

  /** `clients`: keys that asked. */
  outcome(clients: number): Outcome {
    return {
      candidate: this.#candidate,
      refusedRequests: this.#refusedRequests,
      refusedClients: this.#refused.reduce((sum, refused) => sum + refused, 0),
      peakAdmitted: this.#admissions.most(this.#spanUs),
      bytesPerKey: this.#limiter.stateBytes(clients) / clients,
    };
  }
}
