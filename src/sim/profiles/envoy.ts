import type { Profile, Semantics } from './profile.ts';

const local: Semantics = {
  refused: 'Do not count.',
  window:
    'None: a bucket. A tie is allowed, as far as the double that holds time can tell: its rounding decides.',
  refill: 'Continuous, tokens_per_fill in each fill_interval.',
  burst:
    'max_tokens at one instant, but for rounding: the last of them may lack a trifle and be refused. Starts full.',
  clock:
    "The host's monotonic clock, in seconds since its boot as a double; here the host has been up for 30 days.",
  cost: 'hits_addend, all or none; more than max_tokens never passes.',
  rules:
    'All matching descriptors, slowest first, one after another without going back: what earlier ones gave is lost when a later one refuses. Here limits are all or none.',
  state: 'One atomic double in the memory of the process (or of each connection).',
  failure: 'There is no store that could fail.',
  sync: 'None: n replicas admit n · N. local_cluster_rate_limit divides the limit by the members.',
  headers:
    '429 with x-envoy-ratelimited; x-ratelimit-limit, -remaining, -reset on demand. Reset was long the whole fill_interval; in 1.40 it is the time to the next token in whole seconds, 0 while one is left.',
};

const settings =
  'tokens_per_fill = N, fill_interval = P, max_tokens = B; filter_enabled and filter_enforced at 100 % (their default of 0 % does nothing).';

const reference = {
  store: 'memory of the process',
  coordination: 'none',
  gateway: 'Envoy',
  algorithm: 'token bucket',
  storeLatencyUs: 1,
  topology: 'local',
};

export const envoyLocal: Profile = {
  name: 'envoy-local',
  title: 'Envoy local rate limit, since 1.31 (continuous refill)',
  status: 'recorded',
  algorithm: 'envoy-local',
  params: { refill: 'continuous' },
  settings,
  semantics: local,
  reference,
  notes: ['Until 1.30 the same settings mean something else: see envoy-local-1.30.'],
  sources: [
    'envoyproxy/envoy source/common/common/token_bucket_impl.h and source/extensions/filters/common/local_ratelimit, 2026',
    'envoyproxy/envoy#35207 (continuous refill), #38197 (its guard removed), #34230 and #46702 (replicas)',
  ],
};

export const envoyLocal130: Profile = {
  name: 'envoy-local-1.30',
  title: 'Envoy local rate limit, until 1.30 (refill by a timer)',
  status: 'source read',
  algorithm: 'envoy-local',
  params: { refill: 'timer' },
  settings: `${settings} fill_interval must be 50 ms or longer.`,
  semantics: {
    ...local,
    window:
      'Fills at multiples of fill_interval since the process started; at that instant the tokens are there.',
    refill: 'tokens_per_fill at once, each fill_interval, by a timer of the main thread that may be late.',
    burst: 'max_tokens at one instant. Starts full.',
    clock: 'A timer of the main thread; here it is on time.',
  },
  reference,
  notes: [
    'Late timers give fewer tokens than configured, about 20 % fewer in one report (envoyproxy/envoy#19474); that is not modelled.',
  ],
  sources: [
    'envoyproxy/envoy#19474 and #34774 (timers that come late)',
    'envoyproxy/envoy 1.30, local_ratelimit_impl.cc',
  ],
};

export const envoyGlobal: Profile = {
  name: 'envoy-global',
  title: 'Envoy global rate limit (envoyproxy/ratelimit on Redis)',
  status: 'recorded',
  algorithm: 'envoy-global',
  params: {},
  settings:
    'requests_per_unit = N, unit = SECOND, MINUTE, HOUR, DAY, WEEK (7d), MONTH (30d) or YEAR (365d). The period must be one of these. There is no burst: B is not used.',
  semantics: {
    refused: 'Count: every hit is added, also those over the limit.',
    window:
      'Multiples of the unit since 1970, so weeks begin on Thursday; at the end instant the next window has begun. Exactly N passes.',
    refill: 'All at once when the next window begins.',
    burst: 'The whole limit at any instant of a window. Starts unused.',
    clock: "The rate limit service's own, in whole seconds.",
    cost: 'hits_addend is added as a whole before the comparison: limit 10, 8 counted, 5 more make 13 and a refusal. More than N never passes and is told the end of the window.',
    rules:
      'All descriptors are raised, also when one is over (STOP_CACHE_KEY_INCREMENT_WHEN_OVERLIMIT asks first, and races). Here a request refused by one limit still counts in that one alone.',
    state:
      'One INCRBY and EXPIRE a key, atomic for each; the time to live is the unit and up to 300 s at random.',
    failure: 'Open: the filter of Envoy waits 20 ms and lets the request pass (failure_mode_deny false).',
    sync: 'One counter for all. A local cache of keys over the limit is exact, as keys carry their window.',
    headers:
      'RateLimit-Limit, -Remaining, -Reset when LIMIT_RESPONSE_HEADERS_ENABLED; reset in whole seconds, 1 to the unit.',
  },
  reference: {
    store: 'Redis',
    coordination: 'a rate limit service, asked by gRPC',
    gateway: 'Envoy',
    algorithm: 'fixed window',
    storeLatencyUs: 1000,
    topology: 'central:network=500us:on_error=open',
  },
  notes: [
    'With Memcached the service reads first and counts after it has answered: concurrent requests overshoot.',
  ],
  sources: [
    'envoyproxy/ratelimit src/limiter, src/redis, src/service and src/utils, July 2026',
    'envoyproxy/ratelimit#193 and #269 (bursts at the edge of windows)',
  ],
};
