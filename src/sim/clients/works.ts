/** No unit of work. */
export const none = -1;

const firstRoom = 2 ** 10;

/**
 * The units of work that clients have begun and neither finished nor given up. A unit is a number, its place in the
 * columns; the number of one that is settled is given to another.
 */
export class Works {
  arrivedUs = new Float64Array(firstRoom);
  /** When the client no longer wants it. */
  deadlineUs = new Float64Array(firstRoom);
  durationUs = new Float64Array(firstRoom);
  /** The client whose work it is. */
  key = new Uint32Array(firstRoom);
  tenant = new Uint32Array(firstRoom);
  cost = new Uint32Array(firstRoom);
  /** Attempts made so far. */
  attempts = new Uint32Array(firstRoom);
  /** What the client's policy has to remember of it, such as how long it waited last; 0 at first. */
  memory = new Float64Array(firstRoom);
  /** The one after it: of those that wait for the same client, or of those that are free. */
  next = new Int32Array(firstRoom);
  #room = 0;
  #free = none;
  #open = 0;

  get open(): number {
    return this.#open;
  }

  add(
    arrivedUs: number,
    deadlineUs: number,
    key: number,
    tenant: number,
    cost: number,
    durationUs: number,
  ): number {
    const work = this.#take();
    this.arrivedUs[work] = arrivedUs;
    this.deadlineUs[work] = deadlineUs;
    this.durationUs[work] = durationUs;
    this.key[work] = key;
    this.tenant[work] = tenant;
    this.cost[work] = cost;
    this.attempts[work] = 0;
    this.memory[work] = 0;
    this.next[work] = none;
    this.#open++;
    return work;
  }

  remove(work: number): void {
    this.next[work] = this.#free;
    this.#free = work;
    this.#open--;
  }

  #take(): number {
    if (this.#free === none) {
      if (this.#room === this.key.length) this.#grow();
      return this.#room++;
    }
    const work = this.#free;
    this.#free = this.next[work];
    return work;
  }

  #grow(): void {
    const room = this.#room * 2;
    this.arrivedUs = copied(this.arrivedUs, new Float64Array(room));
    this.deadlineUs = copied(this.deadlineUs, new Float64Array(room));
    this.durationUs = copied(this.durationUs, new Float64Array(room));
    this.key = copied(this.key, new Uint32Array(room));
    this.tenant = copied(this.tenant, new Uint32Array(room));
    this.cost = copied(this.cost, new Uint32Array(room));
    this.attempts = copied(this.attempts, new Uint32Array(room));
    this.memory = copied(this.memory, new Float64Array(room));
    this.next = copied(this.next, new Int32Array(room));
  }
}

function copied<T extends Float64Array | Uint32Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
