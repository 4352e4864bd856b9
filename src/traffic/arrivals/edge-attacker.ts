import * as z from 'zod';
import { count, periodUs } from '../../fields.ts';
import { Bursts, burstsWithin } from './bursts.ts';
import { arrivalModel } from './model.ts';

const schema = z
  .strictObject({
    model: z.literal('edge-attacker'),
    clients: count.prefault(1).describe('How many clients attack'),
    requests: count.describe(
      'Requests of each client just before and again just after every edge: the limit under attack',
    ),
    window: periodUs.describe('Window of the limit under attack, such as 1m'),
    margin: periodUs
      .prefault('50ms')
      .describe('Time before the edge, and after it, within which the requests come'),
  })
  .refine(({ margin, window }) => margin * 2 <= window, {
    path: ['margin'],
    error: 'must not be longer than half the window',
  });

/**
 * Sends a full window's quota on either side of every edge between two aligned windows. The first edge is the end of
 * the run's first window, because the run's start has no before.
 *   window |                 ###|###                 ###|###
 *          0                  edge                    edge      ### within the margin
 */
export const edgeAttacker = arrivalModel({
  name: 'edge-attacker',
  title: 'clients that spend a whole quota on both sides of every window edge',
  schema,
  expected: ({ clients, requests, window, margin }, span) =>
    clients *
    requests *
    (burstsWithin(window - margin, window, margin, span) + burstsWithin(window, window, margin, span)),
  clients: ({ clients }) => clients,
  begin: ({ clients, requests, window, margin }, site) =>
    new Bursts(
      {
        clients,
        requests,
        widthUs: margin,
        beginsUs: (burst) => window * (1 + Math.floor(burst / 2)) - (burst % 2 === 0 ? margin : 0),
      },
      site,
    ),
});
