import * as z from 'zod';
import { grown } from '../../algorithms/columns.ts';
import { label, share } from '../../fields.ts';
import type { Draw } from '../../traffic/random.ts';

const clientClass = z.strictObject({
  name: label,
  share: share.describe('part of the clients that are of this class'),
  reserve: share
    .default(0)
    .describe('part of the limit that is kept free for this class and those before it'),
});

/** The `classes` of a scenario, the most important first. */
export const classesSchema = z
  .array(clientClass)
  .min(2, 'one class is no choice; write two or more, the most important first')
  .refine((classes) => Math.abs(sum(classes.map(({ share }) => share)) - 1) < 1e-9, {
    error: 'the shares of all classes together must be 1',
  })
  .refine((classes) => sum(classes.map(({ reserve }) => reserve)) < 1, {
    error: 'the reserves of all classes together must be below 1, or nobody else gets anything',
  });

export type ClientClass = z.output<typeof clientClass>;

function sum(parts: readonly number[]): number {
  return parts.reduce((total, part) => total + part, 0);
}

/** Which class a client is of, and what of the limit has to stay free when one of it is let through. */
export class Classes {
  readonly #bounds: readonly number[];
  readonly #kept: readonly number[];
  readonly #draw: Draw;
  #classOf = new Uint8Array(0);
  #known = 0;

  constructor(classes: readonly ClientClass[], draw: Draw) {
    this.#bounds = classes.map((_, at) => sum(classes.slice(0, at + 1).map(({ share }) => share)));
    this.#kept = classes.map((_, at) => sum(classes.slice(0, at).map(({ reserve }) => reserve)));
    this.#draw = draw;
  }

  /** Index of the class of a client; by chance, the same for each client whoever asks first. */
  of(key: number): number {
    if (key >= this.#known) this.#meet(key);
    return this.#classOf[key];
  }

  /** The part of the limit that is kept from a client, for classes before its own. */
  keptFrom(key: number): number {
    return this.#kept[this.of(key)];
  }

  #meet(key: number): void {
    this.#classOf = grown(this.#classOf, key + 1);
    while (this.#known <= key) {
      const place = this.#draw();
      this.#classOf[this.#known++] = Math.max(
        0,
        this.#bounds.findIndex((bound) => place < bound),
      );
    }
  }
}
