import * as z from 'zod';
import type { ArrivalBatch } from '../../algorithms/batch.ts';
import { count, periodUs } from '../../fields.ts';
import { exponential } from '../exponential.ts';
import { type KeyChooser, type KeySite, keyModel } from './model.ts';

/**
 * A population whose size stays the same while its members change. Each key lives for an exponential time; in all,
 * one of `alive` keys retires every `lifetime / alive` on average, any of them as likely, and a new one takes its place.
 */
class Churn implements KeyChooser {
  readonly #alive: Uint32Array;
  readonly #gapUs: number;
  #nextKey: number;
  #retireUs: number;

  constructor(
    alive: number,
    lifetimeUs: number,
    private readonly site: KeySite,
  ) {
    const { firstKeys, keyStep, startUs, draw } = site;
    this.#alive = Uint32Array.from({ length: alive }, (_, i) => firstKeys[0] + i * keyStep);
    this.#nextKey = firstKeys[0] + alive * keyStep;
    this.#gapUs = lifetimeUs / alive;
    this.#retireUs = startUs + exponential(draw) * this.#gapUs;
  }

  fill(batch: ArrivalBatch, from: number, to: number): void {
    const { timeUs, key } = batch;
    const { draw } = this.site;
    const alive = this.#alive;
    for (let row = from; row < to; row++) {
      while (this.#retireUs <= timeUs[row]) this.#replaceOne();
      key[row] = alive[Math.floor(draw() * alive.length)];
    }
    batch.keys = Math.max(batch.keys, this.#nextKey - this.site.keyStep + 1);
  }

  #replaceOne(): void {
    const { draw, keyStep } = this.site;
    this.#alive[Math.floor(draw() * this.#alive.length)] = this.#nextKey;
    this.#nextKey += keyStep;
    this.#retireUs += exponential(draw) * this.#gapUs;
  }
}

export const churn = keyModel({
  name: 'churn',
  title: 'keys come and go: a steady number is alive, each for a while, and new ones never end',
  schema: z.strictObject({
    model: z.literal('churn'),
    alive: count.describe('How many keys are alive at any time, such as 10k'),
    lifetime: periodUs.describe('Mean time that a key lives, such as 5m'),
  }),
  groups: () => [],
  unbounded: ({ alive, lifetime }, spanUs) => alive * (1 + spanUs / lifetime),
  begin: ({ alive, lifetime }, site) => new Churn(alive, lifetime, site),
});
