import type { Profile, Semantics } from './profile.ts';

const semantics: Semantics = {
  refused: 'Count.',
  window: 'Multiples of the window since 1970; at the end instant the next window has begun.',
  refill: 'All at once when the next window begins.',
  burst: 'The whole limit at any instant of a window. Starts unused.',
  clock: 'The client (Date.now()), in milliseconds: skew between lambdas counts.',
  cost: 'rate, added as a whole before the comparison.',
  rules: 'One limit a limiter. Here several limits are all or none.',
  state:
    'One script a call. Refused identifiers are also kept in the memory of the client until the told reset.',
  failure: 'Open after 5 s without an answer (timeout); errors of Redis are thrown to the caller.',
  sync: 'One Redis for all. MultiRegion answers by the first region and reconciles later: up to (regions − 1) · what is under way.',
  headers: 'None of its own: remaining and reset are told.',
};

const base = {
  status: 'recorded',
  params: { ephemeral_cache: true },
  reference: {
    store: 'Upstash Redis over HTTPS',
    coordination: 'none',
    gateway: 'serverless functions',
    algorithm: 'fixed window',
    storeLatencyUs: 5000,
    topology: 'central:network=2500us:timeout=5s:on_error=open:clock=node',
  },
  notes: [
    'The ephemeral cache refuses through the very millisecond of the told reset; --param ephemeral_cache=false asks Redis each time.',
  ],
  sources: ['upstash/ratelimit-js src/single.ts and src/lua-scripts/single.ts, v2.0.8, March 2026'],
} as const;

export const upstashFixedWindow: Profile = {
  ...base,
  name: 'upstash-fixed-window',
  title: 'Upstash Ratelimit.fixedWindow',
  algorithm: 'upstash-fixed-window',
  settings: 'Ratelimit.fixedWindow(N, P). B is not used.',
  semantics,
};

export const upstashSlidingWindow: Profile = {
  ...base,
  name: 'upstash-sliding-window',
  title: 'Upstash Ratelimit.slidingWindow',
  algorithm: 'upstash-sliding-window',
  settings: 'Ratelimit.slidingWindow(N, P). B is not used.',
  semantics: {
    ...semantics,
    refused:
      'Of cost 1 they do not count; of a higher cost they do where some units, but too few, were left.',
    refill:
      'Bit by bit, as the window before loses its weight, rounded down; the cache hides it until the window ends.',
    cost: 'Plays no part in the question, only in the count: 9 of 10 and 5 more is counted as 14 and refused.',
    headers:
      'None of its own; the told reset is the end of the window, not the instant at which there is room.',
  },
  reference: { ...base.reference, algorithm: 'sliding window counter' },
};

const bucket: Semantics = {
  ...semantics,
  refused:
    'Of cost 1 at 0 tokens they take nothing; of a higher cost they leave a debt, and each further one adds to it.',
  window: 'Intervals from the first request of a key; at that instant the tokens are there.',
  refill: 'refillRate tokens at once, each whole interval.',
  burst: 'maxTokens at one instant. Starts full.',
  cost: 'More than there is makes the balance negative and is refused. What is refused takes tokens all the same.',
  state:
    'A hash that lives until the bucket is full. Refused identifiers are also kept by the client until the told reset.',
};

export const upstashTokenBucket: Profile = {
  ...base,
  name: 'upstash-token-bucket',
  title: 'Upstash Ratelimit.tokenBucket, until 2.1',
  algorithm: 'upstash-token-bucket',
  params: { debts: true, ephemeral_cache: true },
  settings: 'Ratelimit.tokenBucket(N, P, B).',
  semantics: bucket,
  reference: { ...base.reference, algorithm: 'token bucket' },
  notes: [...base.notes, 'Since 2.2 what is refused takes nothing: see upstash-token-bucket-2.2.'],
};

export const upstashTokenBucket22: Profile = {
  ...base,
  name: 'upstash-token-bucket-2.2',
  title: 'Upstash Ratelimit.tokenBucket, since 2.2',
  algorithm: 'upstash-token-bucket',
  params: { debts: false, ephemeral_cache: true },
  settings: 'Ratelimit.tokenBucket(N, P, B).',
  semantics: {
    ...bucket,
    refused: 'Take nothing.',
    cost: 'All or none; what is refused is told 0 remaining, and cached until the next refill.',
  },
  reference: { ...base.reference, algorithm: 'token bucket' },
  sources: ['upstash/ratelimit-js src/lua-scripts/single.ts, v2.2.0, 2026'],
};
