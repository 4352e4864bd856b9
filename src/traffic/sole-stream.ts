import { arrivalModelOf } from './arrivals/index.ts';
import { keyModelOf } from './keys/index.ts';
import { oneKey, type StreamPlan } from './plan.ts';
import { PoissonByKey } from './poisson-by-key.ts';
import { stream as randomStream } from './random.ts';
import type { StreamSite } from './stream.ts';

/**
 * From so many requests on it saves time to make them by key, unless there are many more keys, all of which each piece of the
 * rate looks at.
 */
const fewestRequests = 2 ** 20;
const mostKeysPerRequest = 8;

/**
 * The requests of a stream that is alone in its scenario, by key (docs/decisions/made-by-key.md). Undefined where they are few,
 * where they depend on each other or their keys on the time, and where costs or durations are drawn, which is done in the
 * order of time.
 */
export function poissonByKey(plan: StreamPlan, site: StreamSite): PoissonByKey | undefined {
  const { spec, name, span, expected, expectedKeys, hasFixedAmounts } = plan;
  const { arrivals, keys = oneKey } = spec;
  const model = arrivalModelOf(arrivals);
  const keyModel = keyModelOf(keys);
  const pieces = model.independent && model.rates?.(arrivals, span);
  if (!pieces || !keyModel.weights || !hasFixedAmounts || expected < fewestRequests) return undefined;
  if (pieces.length * expectedKeys > mostKeysPerRequest * expected) return undefined;
  const requests = { pieces, weights: keyModel.weights(keys), firstKey: site.firstKeys[0] };
  return new PoissonByKey(requests, randomStream(site.seed, `${name}/arrivals`));
}
