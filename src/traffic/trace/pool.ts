/**
 * Large buffers of files that were read, kept for the next: a trace of a thousand rotated logs would otherwise leave
 * them by the gigabyte for a garbage collector that hardly sees memory outside its heap.
 */
export class Pool<T> {
  readonly #free: T[] = [];

  constructor(private readonly make: () => T) {}

  take(): T {
    return this.#free.pop() ?? this.make();
  }

  give(item: T): void {
    this.#free.push(item);
  }
}
