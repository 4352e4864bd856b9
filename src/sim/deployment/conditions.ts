/** What faults have made of the deployment at this instant. Faults write it, topologies and the network read it. */
export class Conditions {
  /** Reasons for which nobody answers where the state is kept centrally; it answers when there is none. */
  storeFailures = 0;
  /** How many times longer than usual the store works on a request. */
  storeSlowness = 1;
  /** Chance that a message is lost and has to be sent again. */
  lossRatio = 0;
  /** For each node the reasons for which it reaches no other machine. */
  readonly cutOff: Uint8Array;
  /** How far each node's clock was off at `#sinceUs`, and how much it gains every microsecond since. */
  readonly #offsetUs: Float64Array;
  readonly #driftRatio: Float64Array;
  readonly #sinceUs: Float64Array;

  constructor(mostNodes: number) {
    this.cutOff = new Uint8Array(mostNodes);
    this.#offsetUs = new Float64Array(mostNodes);
    this.#driftRatio = new Float64Array(mostNodes);
    this.#sinceUs = new Float64Array(mostNodes);
  }

  /** What the clock of a node shows at `nowUs`, in whole microseconds, never before the start of the run. */
  clockUs(node: number, nowUs: number): number {
    const drift = this.#driftRatio[node] * (nowUs - this.#sinceUs[node]);
    return Math.max(0, Math.round(nowUs + this.#offsetUs[node] + drift));
  }

  /** From `nowUs` on a node's clock is ahead by `stepUs` more than before and gains `driftRatio` more. */
  disturbClock(node: number, nowUs: number, stepUs: number, driftRatio: number): void {
    this.#offsetUs[node] += this.#driftRatio[node] * (nowUs - this.#sinceUs[node]) + stepUs;
    this.#driftRatio[node] += driftRatio;
    this.#sinceUs[node] = nowUs;
  }

  /** Sets the clock of a node right. */
  setClock(node: number): void {
    this.#offsetUs[node] = 0;
    this.#driftRatio[node] = 0;
  }
}
