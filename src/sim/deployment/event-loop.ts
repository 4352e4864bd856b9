/** What is to be done when an event is due; `subject` is what was given with it. */
export type Handler = (subject: number) => void;

/**
 * Virtual time of a deployment: events in the order of their instants, those of one instant in the order in which they
 * were scheduled. A binary heap over columns, so that an event is four numbers and no object.
 */
export class EventLoop {
  /** Microseconds since the start of the run; never goes backwards. */
  nowUs = 0;
  readonly #handlers: Handler[] = [];
  #atUs = new Float64Array(1024);
  #order = new Float64Array(1024);
  #handler = new Uint16Array(1024);
  #subject = new Float64Array(1024);
  #length = 0;
  #scheduled = 0;

  /** A number for the handler, to schedule its events by. */
  handler(handler: Handler): number {
    return this.#handlers.push(handler) - 1;
  }

  /** At `atUs`, or now if that has passed. */
  schedule(atUs: number, handler: number, subject: number): void {
    if (this.#length === this.#atUs.length) this.#grow();
    this.#rise(this.#length++, Math.max(atUs, this.nowUs), this.#scheduled++, handler, subject);
  }

  /** Lets time pass up to and including `untilUs`. */
  runUntil(untilUs: number): void {
    while (this.#length > 0 && this.#atUs[0] <= untilUs) this.step();
    if (untilUs > this.nowUs) this.nowUs = untilUs;
  }

  /** The next event; false when there is none. */
  step(): boolean {
    if (this.#length === 0) return false;
    const handler = this.#handlers[this.#handler[0]];
    const subject = this.#subject[0];
    this.nowUs = this.#atUs[0];
    this.#removeFirst();
    handler(subject);
    return true;
  }

  /** Puts an event into the hole at `place`, after moving down those above it that come later. */
  #rise(place: number, atUs: number, order: number, handler: number, subject: number): void {
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!this.#isAfter(above, atUs, order)) break;
      this.#move(above, place);
      place = above;
    }
    this.#put(place, atUs, order, handler, subject);
  }

  /** The last event goes into the hole at the top, after moving up those below that come earlier. */
  #removeFirst(): void {
    const last = --this.#length;
    const atUs = this.#atUs[last];
    const order = this.#order[last];
    let place = 0;
    for (let below = 1; below < last; below = place * 2 + 1) {
      if (below + 1 < last && this.#isAfter(below, this.#atUs[below + 1], this.#order[below + 1])) below++;
      if (this.#isAfter(below, atUs, order)) break;
      this.#move(below, place);
      place = below;
    }
    this.#put(place, atUs, order, this.#handler[last], this.#subject[last]);
  }

  #isAfter(place: number, atUs: number, order: number): boolean {
    const own = this.#atUs[place];
    return own > atUs || (own === atUs && this.#order[place] > order);
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#atUs[from], this.#order[from], this.#handler[from], this.#subject[from]);
  }

  #put(place: number, atUs: number, order: number, handler: number, subject: number): void {
    this.#atUs[place] = atUs;
    this.#order[place] = order;
    this.#handler[place] = handler;
    this.#subject[place] = subject;
  }

  #grow(): void {
    const longer = <T extends Float64Array | Uint16Array>(column: T, copy: T): T => {
      copy.set(column);
      return copy;
    };
    const length = this.#atUs.length * 2;
    this.#atUs = longer(this.#atUs, new Float64Array(length));
    this.#order = longer(this.#order, new Float64Array(length));
    this.#handler = longer(this.#handler, new Uint16Array(length));
    this.#subject = longer(this.#subject, new Float64Array(length));
  }
}
