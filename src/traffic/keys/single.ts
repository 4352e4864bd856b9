import * as z from 'zod';
import type { ArrivalBatch } from '../../algorithms/batch.ts';
import { type KeyChooser, keyModel } from './model.ts';

class Single implements KeyChooser {
  constructor(private readonly only: number) {}

  fill({ key }: ArrivalBatch, from: number, to: number): void {
    key.fill(this.only, from, to);
  }
}

export const single = keyModel({
  name: 'single',
  title: 'all requests have the same key, as under a global limit',
  schema: z.strictObject({ model: z.literal('single') }),
  groups: () => [{ keys: 1 }],
  weights: () => Float64Array.of(1),
  begin: (_, { firstKeys }) => new Single(firstKeys[0]),
});
