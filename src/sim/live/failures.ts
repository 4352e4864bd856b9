import type { StoreError } from '../../stores/store.ts';

/** Requests that a store did not decide: how many, and why. */
export class Failures {
  readonly #byKind = new Map<string, number>();
  #count = 0;
  #lastMessage = '';

  add({ kind, message }: StoreError): void {
    this.#count++;
    this.#lastMessage = message;
    this.#byKind.set(kind, (this.#byKind.get(kind) ?? 0) + 1);
  }

  get count(): number {
    return this.#count;
  }

  /** Of each kind of error how many. */
  get byKind(): ReadonlyMap<string, number> {
    return this.#byKind;
  }

  /** What the store said last. */
  get lastMessage(): string {
    return this.#lastMessage;
  }
}
