/** Libraries of Node.js that count in windows. */
import type { Profile, Semantics } from './profile.ts';

const semantics: Semantics = {
  refused: 'Count, and do not make the window longer.',
  window: 'From the first hit of a key.',
  refill: 'All at once when the window ends.',
  burst: 'The whole limit at any instant of a window. Starts unused.',
  clock: "The process's, in milliseconds.",
  cost: 'The whole cost is added before the comparison: 10 points, 8 consumed, 5 more make 13 and a refusal, and then 1 is refused too.',
  rules: 'Each limiter counts by itself, also when another refuses.',
  state: 'A record that lives for the window.',
  failure:
    'The promise is rejected with the error, and the caller decides; an insuranceLimiter takes over if there is one.',
  sync: 'None: n processes admit n · N.',
  headers: 'None of its own; msBeforeNext is told.',
};

const reference = {
  store: 'memory of the process',
  coordination: 'none',
  gateway: 'any',
  algorithm: 'fixed window',
  storeLatencyUs: 1,
  topology: 'local',
};

const flexible = {
  status: 'recorded',
  algorithm: 'rate-limiter-flexible',
  sources: ['animir/node-rate-limiter-flexible lib/*.js, v11.4.0, 2026'],
  notes: [
    '--param block_duration=… blocks at the crossing, --param exec_evenly=true spreads what is admitted.',
  ],
} as const;

export const rateLimiterFlexible: Profile = {
  ...flexible,
  name: 'rate-limiter-flexible',
  title: 'rate-limiter-flexible, RateLimiterMemory',
  params: { store: 'memory' },
  settings: 'points = N, duration = P in seconds. B is not used.',
  semantics: { ...semantics, window: 'From the first hit of a key; at the end instant a new window begins.' },
  reference,
};

export const rateLimiterFlexibleRedis: Profile = {
  ...flexible,
  name: 'rate-limiter-flexible-redis',
  title: 'rate-limiter-flexible, RateLimiterRedis',
  params: { store: 'redis' },
  settings: 'points = N, duration = P in whole seconds (fractions are cut). B is not used.',
  semantics: {
    ...semantics,
    window: 'From the first hit of a key; it lasts through the millisecond of its end.',
    clock: 'The Redis server, in milliseconds.',
    state: 'SET NX, INCRBY and PTTL in one script.',
    sync: 'One counter for all.',
  },
  reference: {
    ...reference,
    store: 'Redis',
    storeLatencyUs: 500,
    topology: 'central:network=250us:on_error=closed',
  },
};

export const expressRateLimit: Profile = {
  name: 'express-rate-limit',
  title: 'express-rate-limit with its memory store',
  status: 'recorded',
  algorithm: 'express-rate-limit',
  params: {},
  settings: 'limit = N, windowMs = P. B is not used.',
  semantics: {
    ...semantics,
    window: 'From the first hit of a key; at the end instant a new window begins.',
    cost: 'One hit a request. A cost of c is c hits here.',
    state: 'A map of the process.',
    failure: 'Closed with an error: passOnStoreError is false by default.',
    headers:
      'X-RateLimit-* by default, drafts 6 to 8 of RateLimit on demand; Retry-After in whole seconds, rounded up.',
  },
  reference: { ...reference, gateway: 'Express' },
  notes: [],
  sources: ['express-rate-limit/express-rate-limit source/, v8.7.5, August 2026'],
};
