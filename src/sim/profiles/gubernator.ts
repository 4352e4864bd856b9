import type { Profile, Semantics } from './profile.ts';

const semantics: Semantics = {
  refused: 'Take nothing, so that a smaller request may still pass; DRAIN_OVER_LIMIT takes what is left.',
  window: 'From the first request of a key, also from a refused one; at exactly its end it is still open.',
  refill: 'All at once when the window has ended: no token comes back before.',
  burst: 'The whole limit at any instant of a window. Starts unused.',
  clock: "The peer's that owns the key (createdAt of the request), in milliseconds.",
  cost: 'hits: all or none. More than the limit never passes, and is told the end of the window.',
  rules: 'Each request of a batch is decided by itself. Here several limits are all or none.',
  state: 'An LRU of 50,000 items in the memory of the owner: an evicted key starts anew.',
  failure: 'An owner that cannot be reached is an error in the response; the caller decides.',
  sync: 'One owner a key, by consistent hash; requests for it are batched for 500 µs.',
  headers: 'None: limit, remaining and reset_time in the response.',
};

const base = {
  status: 'recorded',
  params: {},
  settings: 'limit = N, duration = P in milliseconds, behavior BATCHING. B is not used.',
  reference: {
    store: 'memory of the peer that owns the key',
    coordination: 'member list, consistent hash',
    gateway: 'any',
    algorithm: 'fixed window',
    storeLatencyUs: 500,
    topology: 'central:network=250us:on_error=closed',
  },
  notes: [],
  sources: ['gubernator-io/gubernator algorithms.go and global.go, v2, April 2026'],
} as const;

export const gubernatorTokenBucket: Profile = {
  ...base,
  name: 'gubernator-token-bucket',
  title: 'gubernator TOKEN_BUCKET',
  algorithm: 'gubernator-token-bucket',
  semantics,
  notes: ['The name is the product’s own; it is a window from the first hit.'],
};

export const gubernatorLeakyBucket: Profile = {
  ...base,
  name: 'gubernator-leaky-bucket',
  title: 'gubernator LEAKY_BUCKET',
  algorithm: 'gubernator-leaky-bucket',
  settings: 'limit = N, duration = P in milliseconds, burst = B (0, the default, is the limit).',
  semantics: {
    ...semantics,
    window:
      'None: a bucket. Exactly the whole units that are left pass, and the fraction beside them is lost.',
    refill: 'Continuous, but credited only in steps of a whole unit or more.',
    burst: 'B at one instant. Starts full.',
    cost: 'All or none. More than the burst as the first request empties the bucket.',
    state: 'Forgotten one duration after the last request, and full then.',
    headers:
      'reset_time counts whole milliseconds a unit, cut: 0 above 1000 a second. It is the told wait here.',
  },
  reference: { ...base.reference, algorithm: 'token bucket' },
};

export const gubernatorGlobal: Profile = {
  ...base,
  name: 'gubernator-global',
  title: 'gubernator TOKEN_BUCKET with behavior GLOBAL',
  status: 'source read',
  algorithm: 'gubernator-token-bucket',
  settings: 'limit = N, duration = P in milliseconds, behavior GLOBAL. B is not used.',
  semantics: {
    ...semantics,
    sync: 'Any peer answers from its own copy, and sends sums to the owner every 100 ms (GlobalSyncWait), which broadcasts: up to peers · N within one interval for a key that nobody knows yet.',
  },
  reference: { ...base.reference, storeLatencyUs: 1, topology: 'synced:every=100ms' },
  notes: ['With one peer it decides as gubernator-token-bucket; what GLOBAL changes is the deployment.'],
};
