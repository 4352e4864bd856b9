/** A bound on how many may be under way at once. One sender waits for room at a time. */
export class Room {
  readonly #most: number;
  #taken = 0;
  #wakeAt = 0;
  #wake: (() => void) | undefined;

  constructor(most: number) {
    this.#most = most;
  }

  get isFull(): boolean {
    return this.#taken >= this.#most;
  }

  enter(): void {
    this.#taken++;
  }

  /** A waiting sender is woken when half has left, so that what it sends then goes out together. */
  leave(): void {
    this.#taken--;
    if (this.#taken <= this.#wakeAt) this.#wake?.();
  }

  untilFree(): Promise<void> {
    return this.#until(this.isFull ? this.#most / 2 : this.#most);
  }

  untilEmpty(): Promise<void> {
    return this.#until(0);
  }

  async #until(taken: number): Promise<void> {
    if (this.#taken <= taken) return;
    this.#wakeAt = taken;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#wake = undefined;
  }
}

/**
 * Starts `work` so many times, with at most `most` under way at once, and waits until all of it has ended, well or not.
 * Starts no more once `isOver`. Answers how many were started.
 */
export async function manyAtOnce(
  times: number,
  most: number,
  isOver: () => boolean,
  work: (time: number) => Promise<unknown>,
): Promise<number> {
  const room = new Room(most);
  const leave = () => room.leave();
  let started = 0;
  for (; started < times && !isOver(); started++) {
    if (room.isFull) await room.untilFree();
    room.enter();
    work(started).then(leave, leave);
  }
  await room.untilEmpty();
  return started;
}
