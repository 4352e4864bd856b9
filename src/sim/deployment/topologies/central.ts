import * as z from 'zod';
import { count } from '../../../fields.ts';
import { defineTopology } from '../topology.ts';
import { CentralStore, storeParams } from './central-store.ts';

const params = z.strictObject({
  ...storeParams,
  calibration: z
    .string()
    .optional()
    .describe(
      'file that "ratelimit calibrate" saved: network and service are what was measured for the algorithm',
    ),
  max_keys: count
    .optional()
    .describe('keys that fit into the store; the one that was not used for longest is forgotten'),
});

export const central = defineTopology({
  name: 'central',
  title: 'One store that every node asks',
  weakness:
    'As exact as the algorithm while the store answers; each request pays the way there and back, and in an outage ' +
    'either the limit or the service is lost.',
  sources: ['envoyproxy/ratelimit, README', 'Stripe, Scaling your API with rate limiters, 2017'],
  params,
  create: (settings, world) => new CentralStore(settings, world),
});
