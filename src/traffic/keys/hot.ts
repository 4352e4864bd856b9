import * as z from 'zod';
import type { ArrivalBatch } from '../../algorithms/batch.ts';
import { count, share } from '../../fields.ts';
import { type Draw, fineDraw, needsFineDraw } from '../random.ts';
import { type KeyChooser, keyModel } from './model.ts';

const schema = z
  .strictObject({
    model: z.literal('hot'),
    count: count.describe('How many keys there are, hot ones included, such as 100k'),
    hot: count.prefault(1).describe('How many of them are hot'),
    share: share.prefault(0.5).describe('Share of the requests that go to the hot keys, 0 to 1'),
  })
  .refine(({ count, hot }) => hot < count, {
    path: ['hot'],
    error: 'must be fewer than count: there must be keys that are not hot',
  });

/** One number decides both: below the share it is spread over the hot keys, above it over the others. */
class Hot implements KeyChooser {
  constructor(
    private readonly params: z.output<typeof schema>,
    private readonly firstKey: number,
    private readonly draw: Draw,
  ) {}

  fill({ key }: ArrivalBatch, from: number, to: number): void {
    const { firstKey, draw } = this;
    const { hot, share, count } = this.params;
    const isFine = needsFineDraw(count);
    const hotPerDraw = hot / share;
    const coldPerDraw = (count - hot) / (1 - share);
    const lastKey = firstKey + count - 1;
    for (let row = from; row < to; row++) {
      const u = isFine ? fineDraw(draw) : draw();
      const place = u < share ? u * hotPerDraw : hot + (u - share) * coldPerDraw;
      // Rounding may carry the very last number over the end.
      key[row] = Math.min(firstKey + Math.floor(place), lastKey);
    }
  }
}

export const hot = keyModel({
  name: 'hot',
  title: 'some hot keys take a fixed share of the requests, the others are equal',
  schema,
  groups: ({ count }) => [{ keys: count }],
  weights: ({ count, hot, share }) =>
    new Float64Array(count).fill(share / hot, 0, hot).fill((1 - share) / (count - hot), hot),
  begin: (params, { firstKeys, draw }) => new Hot(params, firstKeys[0], draw),
});
