import * as z from 'zod';
import type { ArrivalBatch } from '../../algorithms/batch.ts';
import { count, ratePerSecond } from '../../fields.ts';
import { EvenlySpaced } from './constant.ts';
import { type ArrivalSite, type Arrivals, arrivalModel, steady } from './model.ts';

const schema = z.strictObject({
  model: z.literal('greedy'),
  clients: count.prefault(1).describe('How many clients send'),
  rate: ratePerSecond.describe('Requests per period of each client, such as 50/s'),
});

/** Clients take turns: evenly staggered, they are one even stream that goes around them. */
class Greedy implements Arrivals {
  readonly #together: EvenlySpaced;
  #turn = 0;

  constructor(
    private readonly clients: number,
    rateOfEach: number,
    private readonly site: ArrivalSite,
  ) {
    this.#together = new EvenlySpaced(clients * rateOfEach, site.span);
  }

  fill(batch: ArrivalBatch, from: number, to: number): number {
    const { clients } = this;
    const { firstKey } = this.site;
    const { key } = batch;
    const rows = this.#together.fill(batch, from, to);
    let turn = this.#turn;
    for (let row = from; row < from + rows; row++) {
      key[row] = firstKey + turn;
      turn = turn + 1 === clients ? 0 : turn + 1;
    }
    this.#turn = turn;
    return rows;
  }
}

export const greedy = arrivalModel({
  name: 'greedy',
  title: 'clients that each send at a constant rate, whatever they are answered',
  schema,
  expected: ({ clients, rate }, span) => Math.ceil(steady(clients * rate, span) - 1e-6),
  clients: ({ clients }) => clients,
  scale: (params, factor) => ({ ...params, rate: params.rate * factor }),
  begin: ({ clients, rate }, site) => new Greedy(clients, rate, site),
});
