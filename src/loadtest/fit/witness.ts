import type { Limiter } from '../../algorithms/algorithm.ts';
import { formatDuration } from '../../units.ts';
import type { Observation } from './observations.ts';
import { timerUs } from './timing.ts';

/** A decision that a limiter would not have made. */
export interface Contradiction {
  readonly observation: Observation;
  /** Why not: the limiter's state in words before that decision, or how long it would have held the answer back. */
  readonly state: string;
  /** Whether it would have made it a millisecond earlier, if it is a refusal, or later: a tie, or a clock that is rounded. */
  readonly isClose: boolean;
}

const closeUs = 1000;

/** A refusal that may yet be explained. */
interface Pending {
  readonly observation: Observation;
  readonly isClose: boolean;
}

/**
 * An admission that is counted in the window before its own leaves a unit that is not there, and then each refusal would
 * speak against the limiter. After so many in a row that unit is taken.
 */
const enoughDoubt = 3;

/**
 * Hears the decisions about one client in the order of sending, and asks a limiter about each on the history that was
 * OBSERVED, not on its own: one wrong decision does not spoil the rest. An admission is explained when it conforms at some
 * instant of its interval, and was not answered before the limiter would have let it pass; a refusal when it does not conform
 * at the earliest, or not once admissions that overlap it in time were decided first.
 */
export class Witness {
  unexplained = 0;
  stretchUs = 0;
  /** What the answers to admissions took beyond the limiter's delay. */
  readonly overheadUs: number[] = [];
  readonly contradictions: Contradiction[] = [];
  /** The client's place in the limiter. */
  readonly slot: number;
  readonly #limiter: Limiter;
  readonly #notes: boolean;
  #nowUs = 0;
  /** Refusals that an overlapping admission may yet explain. */
  #pending: Pending[] = [];
  /** Refusals in a row that speak against the limiter. */
  #inDoubt = 0;
  /** Whether a request would have waited shortly before this instant; known only with notes. */
  #waitedBefore = false;

  /** `notes`: whether contradictions are wanted, which costs time. */
  constructor(limiter: Limiter, slot: number, notes: boolean) {
    this.#limiter = limiter;
    this.slot = slot;
    this.#notes = notes;
  }

  hear(observation: Observation): void {
    const { fromUs, cost, allowed } = observation;
    this.#settle(fromUs);
    if (this.#notes && fromUs > this.#nowUs) {
      const beforeUs = Math.max(this.#nowUs, fromUs - closeUs);
      this.#waitedBefore = this.#limiter.waitUs(this.slot, beforeUs, cost) > 0;
    }
    this.#nowUs = Math.max(this.#nowUs, fromUs);
    const waitUs = this.#limiter.waitUs(this.slot, this.#nowUs, cost);
    if (allowed) this.#admit(observation, waitUs);
    else if (waitUs > 0) this.#refuse(cost);
    else this.#pending.push({ observation, isClose: this.#waitedBefore });
  }

  /** To be called after the last decision. */
  finish(): void {
    this.#settle(Number.POSITIVE_INFINITY);
  }

  /** Gives up on refusals that were over before `untilUs`. */
  #settle(untilUs: number): void {
    if (this.#pending.length === 0) return;
    const over = this.#pending.filter(({ observation }) => observation.toUs < untilUs);
    this.#pending = this.#pending.filter(({ observation }) => observation.toUs >= untilUs);
    for (const pending of over) this.#doubt(pending);
  }

  #refuse(cost: number): void {
    this.#inDoubt = 0;
    this.#limiter.refuse(this.slot, this.#nowUs, cost);
  }

  #doubt({ observation, isClose }: Pending): void {
    this.#contradict(observation, isClose);
    this.#limiter.refuse(this.slot, this.#nowUs, observation.cost);
    if (++this.#inDoubt < enoughDoubt) return;
    this.#limiter.take(this.slot, this.#nowUs, observation.cost, 0);
    this.#inDoubt = 0;
  }

  #admit(observation: Observation, waitUs: number): void {
    const conforms = waitUs <= Math.max(0, observation.toUs - this.#nowUs);
    if (conforms) {
      this.#nowUs += waitUs;
      this.stretchUs += waitUs;
    } else this.#contradict(observation, this.#nowUs + waitUs <= observation.toUs + closeUs);
    this.#inDoubt = 0;
    const delayUs = this.#limiter.take(this.slot, this.#nowUs, observation.cost, 0);
    this.#time(observation, delayUs, conforms);
    if (this.#pending.length > 0) this.#reconsider();
  }

  #time(observation: Observation, delayUs: number, conforms: boolean): void {
    const { tookUs, toUs } = observation;
    if (tookUs === undefined) return;
    this.overheadUs.push(tookUs - delayUs);
    const isTooEarly = delayUs > 0 && this.#nowUs + delayUs > toUs + timerUs;
    if (conforms && isTooEarly)
      this.#contradict(observation, false, `held back for ${formatDuration(delayUs)}`);
  }

  #reconsider(): void {
    this.#pending = this.#pending.filter(({ observation: { cost } }) => {
      if (this.#limiter.waitUs(this.slot, this.#nowUs, cost) <= 0) return true;
      this.#refuse(cost);
      return false;
    });
  }

  #contradict(observation: Observation, isClose: boolean, state?: string): void {
    this.unexplained++;
    if (!this.#notes) return;
    const known = state ?? this.#limiter.explain(this.slot, this.#nowUs);
    this.contradictions.push({ observation, state: known, isClose });
  }
}
