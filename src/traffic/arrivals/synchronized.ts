import * as z from 'zod';
import { count, durationUs, periodUs } from '../../fields.ts';
import { Bursts, burstsWithin } from './bursts.ts';
import { arrivalModel } from './model.ts';

const schema = z
  .strictObject({
    model: z.literal('synchronized'),
    clients: count.describe('How many clients send at every mark, such as 1k'),
    requests: count.prefault(1).describe('Requests of each client at every mark'),
    period: periodUs.prefault('1m').describe("Time between marks, counted from the run's start"),
    jitter: durationUs.prefault('1s').describe('Time after the mark within which all of its requests come'),
  })
  .refine(({ jitter, period }) => jitter <= period, {
    path: ['jitter'],
    error: 'must not be longer than the period',
  });

export const synchronized = arrivalModel({
  name: 'synchronized',
  title: 'everyone at :00: all clients send together at every full period',
  schema,
  expected: ({ clients, requests, period, jitter }, span) =>
    clients * requests * burstsWithin(0, period, jitter, span),
  clients: ({ clients }) => clients,
  begin: ({ clients, requests, period, jitter }, site) =>
    new Bursts({ clients, requests, widthUs: jitter, beginsUs: (burst) => burst * period }, site),
});
