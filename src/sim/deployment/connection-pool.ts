/** How many requests each node may have with the store at once; the others wait in the order in which they came. */
export class ConnectionPool {
  readonly #most: number;
  readonly #busy: Uint32Array;
  readonly #waiting: readonly number[][];

  constructor(most: number, nodes: number) {
    this.#most = most;
    this.#busy = new Uint32Array(nodes);
    this.#waiting = Array.from({ length: nodes }, () => []);
  }

  /** True when there is a connection for the attempt; else it is in the queue. */
  enter(node: number, attempt: number): boolean {
    if (this.#busy[node] < this.#most) {
      this.#busy[node]++;
      return true;
    }
    this.#waiting[node].push(attempt);
    return false;
  }

  /** Gives a connection back; the attempt that has it next, if one waits that is still `wanted`. */
  leave(node: number, wanted: (attempt: number) => boolean): number | undefined {
    const queue = this.#waiting[node];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) if (wanted(next)) return next;
    this.#busy[node]--;
    return undefined;
  }
}
