/** Python's limits, which slowapi and flask-limiter use. */
import type { Profile, Semantics } from './profile.ts';

const semantics: Semantics = {
  refused: 'Do not count.',
  window: 'From the first hit of a key.',
  refill: 'All at once when the window ends.',
  burst: 'The whole limit at any instant of a window. Starts unused.',
  clock: "The client's time.time(), seconds as a double.",
  cost: 'All or none; more than the limit never passes.',
  rules: 'One item a call; flask-limiter hits them one after another. Here several limits are all or none.',
  state: 'A dictionary of the process, or keys of Redis with a time to live. test() and then hit() races.',
  failure:
    'The error of the storage goes to the caller; flask-limiter can swallow it or fall back to memory.',
  sync: 'With Redis one state for all; in memory each process has its own.',
  headers: 'None of its own: get_window_stats tells reset and remaining.',
};

const settings = 'N per P, P in whole seconds. B is not used.';
const sources = [
  'alisaifee/limits limits/strategies.py, storage/memory.py and resources/redis/lua_scripts, v5.8.0, 2026',
];
const redis = {
  store: 'Redis',
  coordination: 'none',
  gateway: 'any',
  algorithm: 'fixed window',
  storeLatencyUs: 500,
  topology: 'central:network=250us:on_error=closed',
};
const memory = { ...redis, store: 'memory of the process', storeLatencyUs: 1, topology: 'local' };
const base = { status: 'recorded', settings, sources, notes: [] } as const;

const fixed: Semantics = {
  ...semantics,
  refused: 'Count, and do not make the window longer.',
  cost: 'The whole cost is added before the comparison; more than the limit never passes, and counts.',
};

export const limitsFixedWindow: Profile = {
  ...base,
  name: 'limits-fixed-window',
  title: 'Python limits, FixedWindowRateLimiter in Redis',
  algorithm: 'limits-fixed-window',
  params: { storage: 'redis' },
  semantics: {
    ...fixed,
    window: 'From the first hit of a key; it lasts through the millisecond of its end.',
    clock: 'The Redis server, in milliseconds.',
    state: 'INCRBY, and EXPIRE at the first hit, in one script.',
  },
  reference: redis,
};

export const limitsFixedWindowMemory: Profile = {
  ...base,
  name: 'limits-fixed-window-memory',
  title: 'Python limits, FixedWindowRateLimiter in memory',
  algorithm: 'limits-fixed-window',
  params: { storage: 'memory' },
  semantics: { ...fixed, window: 'From the first hit of a key; at the end instant a new window begins.' },
  reference: memory,
};

export const limitsMovingWindow: Profile = {
  ...base,
  name: 'limits-moving-window',
  title: 'Python limits, MovingWindowRateLimiter',
  algorithm: 'sliding-window-log',
  params: { edge: 'inclusive', count_rejected: false },
  semantics: {
    ...semantics,
    window: 'Any trailing period; a hit exactly one period ago still counts.',
    refill: 'One by one, as hits leave the trailing period.',
    state: 'A list of timestamps, taken to be in order; one script in Redis.',
  },
  reference: { ...redis, algorithm: 'sliding window log' },
};

const sliding: Semantics = {
  ...semantics,
  refill: 'Bit by bit, as the window before loses its weight, rounded down.',
};

export const limitsSlidingWindowCounter: Profile = {
  ...base,
  name: 'limits-sliding-window-counter',
  title: 'Python limits, SlidingWindowCounterRateLimiter in Redis',
  algorithm: 'limits-sliding-window-counter',
  params: { storage: 'redis' },
  semantics: {
    ...sliding,
    window: 'From the first hit of a key; windows follow one another until one of them stays empty.',
    clock: 'The Redis server, in milliseconds.',
    state:
      'Two keys that hold on to their hash slot; the current one lives for two periods and is renamed. One script.',
  },
  reference: { ...redis, algorithm: 'sliding window counter' },
  notes: [
    'In memory the same strategy decides the same arrivals differently: see limits-sliding-window-counter-memory.',
  ],
};

export const limitsSlidingWindowCounterMemory: Profile = {
  ...base,
  name: 'limits-sliding-window-counter-memory',
  title: 'Python limits, SlidingWindowCounterRateLimiter in memory',
  algorithm: 'limits-sliding-window-counter',
  params: { storage: 'memory' },
  semantics: {
    ...sliding,
    window: 'Multiples of the period since 1970.',
    state: 'A dictionary; added, and taken back when another hit was faster.',
  },
  reference: { ...memory, algorithm: 'sliding window counter' },
};
