import * as z from 'zod';
import type { ArrivalBatch } from '../../algorithms/batch.ts';
import { count, realNumber } from '../../fields.ts';
import { AliasTable } from '../alias.ts';
import type { RandomStream } from '../random.ts';
import { type KeyChooser, keyModel } from './model.ts';

/** 1/rank^exponent for the ranks 1, 2, 3 … */
export function zipfWeights(keys: number, exponent: number): Float64Array<ArrayBuffer> {
  const weights = new Float64Array(keys);
  for (let i = 0; i < keys; i++) weights[i] = (i + 1) ** -exponent;
  return weights;
}

class Zipf implements KeyChooser {
  readonly #ranks: AliasTable;

  constructor(
    keys: number,
    exponent: number,
    private readonly firstKey: number,
    private readonly draw: RandomStream,
  ) {
    this.#ranks = new AliasTable(zipfWeights(keys, exponent));
  }

  fill({ key }: ArrivalBatch, from: number, to: number): void {
    this.#ranks.fill(this.draw, key, from, to, this.firstKey);
  }
}

export const zipf = keyModel({
  name: 'zipf',
  title: 'a few popular keys and a long tail: the key of rank r is drawn in proportion to 1/r^exponent',
  schema: z.strictObject({
    model: z.literal('zipf'),
    count: count.describe('How many keys there are, such as 100k'),
    exponent: realNumber
      .prefault(1)
      .describe('How steep popularity falls: 0 is uniform, 1 is usual for web traffic, 2 is extreme'),
  }),
  groups: ({ count }) => [{ keys: count }],
  weights: ({ count, exponent }) => zipfWeights(count, exponent),
  begin: ({ count, exponent }, { firstKeys, draw }) => new Zipf(count, exponent, firstKeys[0], draw),
});
