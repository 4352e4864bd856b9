import type { EventLoop } from './event-loop.ts';

/** Messages between machines that carry more than a number. */
export class Mail<T> {
  readonly #loop: EventLoop;
  readonly #handler: number;
  readonly #messages: (T | undefined)[] = [];
  readonly #free: number[] = [];

  constructor(loop: EventLoop, receive: (message: T) => void) {
    this.#loop = loop;
    this.#handler = loop.handler((place) => {
      const message = this.#messages[place]!; // it was put there when the event was scheduled
      this.#messages[place] = undefined;
      this.#free.push(place);
      receive(message);
    });
  }

  /** Arrives `delayUs` from now; never, if that is Infinity. */
  send(delayUs: number, message: T): void {
    if (delayUs === Number.POSITIVE_INFINITY) return;
    const place = this.#free.pop() ?? this.#messages.length;
    this.#messages[place] = message;
    this.#loop.schedule(this.#loop.nowUs + delayUs, this.#handler, place);
  }
}
