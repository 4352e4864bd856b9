/**
 * One decision at a time, as a server makes it, beside two libraries that Node servers use, in memory, in the same run.
 * They take their own clock and answer with promises or objects, which is a part of what they cost.
 */
import { RateLimiter } from 'limiter';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { fixedWindow } from '../src/algorithms/fixed-window/index.ts';
import { tokenBucket } from '../src/algorithms/token-bucket/index.ts';
import { parseRules } from '../src/sim/rule.ts';
import { fastest, print } from './measure.ts';

const calls = 500_000;
const keys = 1000;
const names = Array.from({ length: keys }, (_, key) => `client-${key}`);
const [{ quota }] = parseRules('100/1m');
const context = { epochUs: 0 };

const ours = {
  'fixed window': fixedWindow.create(quota, fixedWindow.params.parse({ align: 'first' }), context),
  'token bucket': tokenBucket.create(quota, tokenBucket.params.parse({}), context),
};
const best: Record<string, number> = {};
for (const [name, limiter] of Object.entries(ours)) {
  limiter.reserve(keys);
  let nowUs = 0;
  best[name] = await fastest(5, () => {
    for (let call = 0; call < calls; call++) {
      const key = call % keys;
      if (limiter.waitUs(key, nowUs, 1) === 0) limiter.take(key, nowUs, 1, 0);
      nowUs += 10;
    }
    return calls;
  });
  print(`ratelimit, ${name}`, best[name], 'M/s');
}

const flexible = new RateLimiterMemory({ points: 100, duration: 60 });
const flexibleBest = await fastest(5, async () => {
  for (let call = 0; call < calls; call++) await flexible.consume(names[call % keys]).catch(() => {});
  return calls;
});
print('rate-limiter-flexible memory, fixed window', flexibleBest, 'M/s');

const limiters = names.map(
  () => new RateLimiter({ tokensPerInterval: 100, interval: 'minute', fireImmediately: true }),
);
const limiterBest = await fastest(5, () => {
  for (let call = 0; call < calls; call++) limiters[call % keys].tryRemoveTokens(1);
  return calls;
});
print('limiter, token bucket', limiterBest, 'M/s');
print('ratelimit / rate-limiter-flexible', best['fixed window'] / flexibleBest, 'times');
print('ratelimit / limiter', best['token bucket'] / limiterBest, 'times');
process.exit(0); // rate-limiter-flexible keeps a timer for each key
