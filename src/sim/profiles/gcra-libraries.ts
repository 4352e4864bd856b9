/** Libraries that are GCRA, each with its own arithmetic. */
import type { Profile, Reference, Semantics } from './profile.ts';

const semantics: Semantics = {
  refused: 'Change nothing.',
  window: 'None: a theoretical arrival time. A tie, at exactly the allowed instant, is allowed.',
  refill: 'Continuous: one unit each emission interval, ⌊P / N⌋ whole nanoseconds.',
  burst: 'B at one instant. Starts with all of it.',
  clock: "The store's or the process's, in nanoseconds.",
  cost: 'All or none; more than the burst never passes.',
  rules: 'One limit a call. Here several limits are all or none.',
  state: 'One number a key, which matters until the theoretical arrival time.',
  failure: 'An error goes to the caller.',
  sync: 'One number for all that share the store.',
  headers: 'None of its own: the caller gets remaining, retry and reset.',
};

const inRedis: Reference = {
  store: 'Redis',
  coordination: 'none',
  gateway: 'any',
  algorithm: 'GCRA',
  storeLatencyUs: 500,
  topology: 'central:network=250us:on_error=closed',
};

export const governor: Profile = {
  name: 'governor',
  title: 'governor (Rust)',
  status: 'recorded',
  algorithm: 'governor',
  params: {},
  settings: 'Quota::with_period(P / N).allow_burst(B); for 10/1s that is Quota::per_second(10).',
  semantics: {
    ...semantics,
    clock: "The process's monotonic clock, nanoseconds since the limiter was made.",
    cost: 'check_n: all or none. More than the burst is an error of its own, InsufficientCapacity.',
    state: 'One atomic u64 a key, in the process; idle keys stay until retain_recent is called.',
    failure: 'There is no store that could fail.',
    sync: 'None: each process has its own.',
  },
  reference: { ...inRedis, store: 'memory of the process', storeLatencyUs: 1, topology: 'local' },
  notes: ['until_ready waits in a loop, with jitter if wanted: waiting requests race, and have no order.'],
  sources: ['boinkor-net/governor governor/src/gcra.rs and quota.rs, December 2025'],
};

export const redisRate: Profile = {
  name: 'redis-rate',
  title: 'go-redis/redis_rate (Go)',
  status: 'recorded',
  algorithm: 'redis-rate',
  params: {},
  settings: 'redis_rate.Limit{Rate: N, Period: P, Burst: B}.',
  semantics: {
    ...semantics,
    window:
      'None: a theoretical arrival time. Doubles decide ties: the told instant itself may still be refused.',
    refill: 'Continuous: one unit each P / N seconds, a double.',
    clock: 'The Redis server (TIME), in seconds since 2017 as a double.',
    cost: 'AllowN is all or none; more than the burst never passes, and is told a finite wait. AllowAtMost, which loses fractions, is not modelled.',
    state: 'One key that lives for ⌈reset⌉ seconds; one atomic script.',
  },
  reference: inRedis,
  notes: ['A refusal is told 0 remaining, also where a smaller request would pass.'],
  sources: ['go-redis/redis_rate v10.0.1 lua.go and rate.go, 2023'],
};

export const redisCell: Profile = {
  name: 'redis-cell',
  title: 'redis-cell, CL.THROTTLE (Redis module)',
  status: 'recorded',
  algorithm: 'redis-cell',
  params: {},
  settings: 'CL.THROTTLE key B−1 N P-in-seconds: max_burst is one less than what passes at one instant.',
  semantics: {
    ...semantics,
    burst: 'max_burst + 1 at one instant. Starts with all of it.',
    clock: 'The Redis server, in nanoseconds; its keys go by whole milliseconds.',
    cost: 'quantity, all or none; more than max_burst + 1 never passes, and retry_after stays −1. quantity 0 is a peek.',
    state:
      'One key that lives until the theoretical arrival time, in whole milliseconds, cut: up to one too short, so that 3 of 3000 a second are there again with each new millisecond. The module is atomic.',
    headers:
      'The reply tells retry and reset in whole seconds, cut, and one more if a whole millisecond was cut off.',
  },
  reference: inRedis,
  notes: [],
  sources: [
    'brandur/redis-cell src/cell/mod.rs, src/redis/mod.rs and src/lib.rs at 4d42338, 14 February 2026',
  ],
};

export const throttled: Profile = {
  name: 'throttled',
  title: 'throttled (Go)',
  status: 'recorded',
  algorithm: 'throttled',
  params: {},
  settings: 'RateQuota{MaxRate: PerDuration(N, P), MaxBurst: B−1}.',
  semantics: {
    ...semantics,
    burst: 'MaxBurst + 1 at one instant. Starts with all of it.',
    clock: 'The Redis server (TIME), or the process with the memory store; nanoseconds.',
    cost: 'All or none; more than MaxBurst + 1 never passes, RetryAfter stays −1, and Remaining is told as if nothing had been used.',
    state: 'GET, then compare-and-swap, ten times at most; the memory store drops the least recently used.',
    failure: 'Closed with an error, also when ten compare-and-swaps have failed on a contended key.',
    headers: 'X-RateLimit-Limit, -Remaining, -Reset; Retry-After in whole seconds.',
  },
  reference: inRedis,
  notes: [],
  sources: ['throttled/throttled v2 rate.go, 2025'],
};
