import * as z from 'zod';
import type { ArrivalBatch } from '../../algorithms/batch.ts';
import { count } from '../../fields.ts';
import { type Draw, fineDraw, needsFineDraw } from '../random.ts';
import { type KeyChooser, keyModel } from './model.ts';

class Uniform implements KeyChooser {
  constructor(
    private readonly keys: number,
    private readonly firstKey: number,
    private readonly draw: Draw,
  ) {}

  fill({ key }: ArrivalBatch, from: number, to: number): void {
    const { keys, firstKey, draw } = this;
    const isFine = needsFineDraw(keys);
    for (let row = from; row < to; row++) {
      const u = isFine ? fineDraw(draw) : draw();
      key[row] = firstKey + Math.floor(u * keys);
    }
  }
}

export const uniform = keyModel({
  name: 'uniform',
  title: 'every key is as popular as any other',
  schema: z.strictObject({
    model: z.literal('uniform'),
    count: count.describe('How many keys there are, such as 100k'),
  }),
  groups: ({ count }) => [{ keys: count }],
  weights: ({ count }) => new Float64Array(count).fill(1),
  begin: ({ count }, { firstKeys, draw }) => new Uniform(count, firstKeys[0], draw),
});
