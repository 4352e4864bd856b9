/** Gateways that each have one profile. */
import type { Profile } from './profile.ts';

export const haproxy: Profile = {
  name: 'haproxy',
  title: 'HAProxy stick table, deny if http_req_rate is above N',
  status: 'recorded',
  algorithm: 'haproxy',
  params: {},
  settings:
    'stick-table … store http_req_rate(P); http-request track-sc0 src; http-request deny if { sc_http_req_rate(0) gt N }. B is not used.',
  semantics: {
    refused:
      'Count: the request is tracked before the rule looks. A client that keeps above N is denied for good.',
    window:
      'Periods that start with the first event after a rest, on even milliseconds; the one before is weighed by what is left of the current one, rounded down.',
    refill: 'Bit by bit, as the period before loses its weight; after two quiet periods all.',
    burst:
      'N at one instant. Starts unused. A period that saw one event reads 1 until two periods have passed.',
    clock:
      "The process's, in milliseconds since 1970 up to 2.6; later ones count from their own start, and their even milliseconds are others.",
    cost: 'One unit a request. A cost of c is decided here as c requests at once; what is refused counts as a whole.',
    rules: 'Each tracked counter is raised, whatever the others say.',
    state: 'A table of fixed size; entries expire when idle, and the oldest go when it is full.',
    failure: 'There is no store that could fail.',
    sync: 'Peers exchange absolute values, the last writer wins: rates of several nodes are not added up.',
    headers: '403 unless deny_status says 429; no Retry-After. The told wait here is computed.',
  },
  reference: {
    store: 'memory of the process',
    coordination: 'peers protocol',
    gateway: 'HAProxy',
    algorithm: 'sliding window counter',
    storeLatencyUs: 1,
    topology: 'local',
  },
  notes: [],
  sources: ['haproxy/haproxy include/haproxy/freq_ctr.h and src/freq_ctr.c, August 2026'],
};

export const traefik: Profile = {
  name: 'traefik',
  title: 'Traefik RateLimit middleware, in memory',
  status: 'recorded',
  algorithm: 'traefik',
  params: {},
  settings: 'average = N, period = P, burst = B.',
  semantics: {
    refused:
      'Take their token and give it back, which may change the last bit of the balance. They also keep the bucket alive.',
    window: 'None: a bucket. A wait of exactly the longest delay is allowed.',
    refill: 'Continuous, in doubles.',
    burst: 'B at one instant, and what comes within half an emission interval waits. Starts full.',
    clock: "The node's, in nanoseconds; buckets expire in whole seconds.",
    cost: 'One unit a request: other amounts are ignored. A cost of c takes c tokens here.',
    rules: 'Middlewares one after another, without going back. Here limits are all or none.',
    state:
      'At most 65,536 sources. A bucket is forgotten 2 s after its last request (1 + ⌊1 / rate⌋ s below one a second), whatever its burst, and is then full.',
    failure: 'In memory none. The Redis variant answers 500: closed.',
    sync: 'None: n instances admit n · N. The Redis variant shares by the clock of each node.',
    headers:
      'Retry-After in whole seconds, rounded up, and X-Retry-In, exact, on 429. The told wait here is the exact one.',
  },
  reference: {
    store: 'memory of the process',
    coordination: 'none',
    gateway: 'Traefik',
    algorithm: 'token bucket',
    storeLatencyUs: 1,
    topology: 'local',
  },
  notes: [],
  sources: [
    'traefik/traefik pkg/middlewares/ratelimiter, July 2026',
    'golang/time rate/rate.go, September 2025',
  ],
};

export const springCloudGateway: Profile = {
  name: 'spring-cloud-gateway',
  title: 'Spring Cloud Gateway RedisRateLimiter',
  status: 'recorded',
  algorithm: 'spring-cloud-gateway',
  params: {},
  settings:
    'With g the greatest common divisor of N and P in seconds: replenishRate = N / g, requestedTokens = P / g, burstCapacity = B · P / g. For 10/1s that is 10, 1 and B. The period must be whole seconds.',
  semantics: {
    refused: 'Take nothing; the refilled bucket is written.',
    window: 'None: a bucket. Exactly the tokens that are left pass.',
    refill: 'The tokens of a second at its start: whole seconds.',
    burst: 'burstCapacity, and replenishRate more in the next second. Starts full.',
    clock: 'The Redis server (TIME), in whole seconds.',
    cost: 'requestedTokens a request, all or none; more than burstCapacity never passes.',
    rules: 'One limiter a route. Here several limits are all or none.',
    state:
      'Two keys that live for ⌊2 · burstCapacity / replenishRate⌋ seconds, and at 0 s (a capacity below half the rate) nothing is kept. One atomic script.',
    failure: 'Open: an error of Redis allows, with −1 remaining.',
    sync: 'One bucket for all nodes.',
    headers:
      'X-RateLimit-Remaining, -Replenish-Rate, -Burst-Capacity, -Requested-Tokens; neither Retry-After nor reset. The told wait here is computed.',
  },
  reference: {
    store: 'Redis',
    coordination: 'none',
    gateway: 'Spring Cloud Gateway',
    algorithm: 'token bucket',
    storeLatencyUs: 500,
    topology: 'central:network=250us:on_error=open',
  },
  notes: [],
  sources: [
    'spring-cloud/spring-cloud-gateway RedisRateLimiter.java and request_rate_limiter.lua, August 2026',
    'spring-cloud/spring-cloud-gateway#368, #2412 and #1117',
  ],
};
