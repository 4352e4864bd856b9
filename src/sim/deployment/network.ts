import type { Draw } from '../../traffic/random.ts';
import { type Times, timesSampler } from './calibrated.ts';
import type { Conditions } from './conditions.ts';

/** The first wait of TCP before it sends again what was not acknowledged, on Linux; each further one is twice as long. */
const retransmissionUs = 200e3;

/** Carries messages between machines. */
export class Network {
  readonly #conditions: Conditions;
  readonly #sample: () => number;
  readonly #loss: Draw;

  /** `delay`: one way. */
  constructor(delay: Times, conditions: Conditions, delays: Draw, loss: Draw) {
    this.#conditions = conditions;
    this.#sample = timesSampler(delay, delays);
    this.#loss = loss;
  }

  /** Microseconds until a message from or to the node arrives; Infinity when it never does. */
  delayUs(node: number): number {
    if (this.#conditions.cutOff[node] > 0) return Number.POSITIVE_INFINITY;
    const { lossRatio } = this.#conditions;
    return lossRatio === 0 ? this.#sample() : this.#sample() + this.#retransmissionsUs(lossRatio);
  }

  #retransmissionsUs(lossRatio: number): number {
    let lostUs = 0;
    for (let waitUs = retransmissionUs; this.#loss() < lossRatio; waitUs *= 2) {
      if (waitUs > 60e6) return Number.POSITIVE_INFINITY;
      lostUs += waitUs;
    }
    return lostUs;
  }
}
