/** Token buckets in libraries. */
import type { Profile, Semantics } from './profile.ts';

const reference = {
  store: 'memory of the process',
  coordination: 'none',
  gateway: 'any',
  algorithm: 'token bucket',
  storeLatencyUs: 1,
  topology: 'local',
};

export const xTimeRate: Profile = {
  name: 'x-time-rate',
  title: 'golang.org/x/time/rate (Go), Allow',
  status: 'recorded',
  algorithm: 'x-time-rate',
  params: { max_wait: '0s' },
  settings:
    'rate.NewLimiter(N / P in seconds, B), AllowN. With --param max_wait=… it is WaitN with that deadline.',
  semantics: {
    refused: 'Change nothing.',
    window: 'None: a bucket. A lack that makes up for less than a nanosecond is none.',
    refill: 'Continuous, in doubles.',
    burst: 'B at one instant. Starts full.',
    clock: "The process's, in nanoseconds. After a step back the same time is credited twice.",
    cost: 'All or none; more than B never passes, although the rate could pay for it.',
    rules: 'One limit a limiter. Here several limits are all or none.',
    state: 'One bucket in the process; a map of them is the caller’s affair.',
    failure: 'There is no store that could fail.',
    sync: 'None: each process has its own.',
    headers: 'None.',
  },
  reference,
  notes: [
    'Wait and Reserve take tokens ahead of time, in order of arrival: --param max_wait=1s holds back for up to 1 s.',
  ],
  sources: ['golang/time rate/rate.go, September 2025'],
};

const bucket4j: Semantics = {
  refused: 'Change nothing.',
  window: 'None: a bucket. Exactly the tokens that are left pass.',
  refill: 'As soon as a whole token is due; the rest of the division is kept.',
  burst: 'capacity at one instant. Starts full.',
  clock:
    'Nanoseconds or milliseconds of the client; the server’s only with some stores. A step back refills nothing.',
  cost: 'All or none; more than capacity never passes.',
  rules: 'Several bandwidths: as many tokens as the scarcest has, taken from all or from none.',
  state:
    'In the process, or one entry of a grid, Redis or a database, changed by compare-and-swap or under a lock.',
  failure: 'An error goes to the caller.',
  sync: 'Exact; the optimizations (batching, delaying, predicting, skip on zero) allow a bounded overshoot.',
  headers: 'None: ConsumptionProbe tells the nanoseconds to wait.',
};

const bucket4jSources = [
  'bucket4j/bucket4j bucket4j-core BucketState64BitsInteger.java and Bandwidth.java, May 2026',
  'bucket4j/bucket4j#100 and #128 (twice the limit within a period)',
];

export const bucket4jGreedy: Profile = {
  name: 'bucket4j-greedy',
  title: 'Bucket4j with refillGreedy (Java)',
  status: 'recorded',
  algorithm: 'token-bucket',
  params: { refill: 'continuous' },
  settings: 'Bandwidth: capacity(B).refillGreedy(N, P).',
  semantics: bucket4j,
  reference,
  notes: ['capacity(10).refillGreedy(10, 1 minute) admits up to 20 in a minute.'],
  sources: bucket4jSources,
};

export const bucket4jIntervally: Profile = {
  name: 'bucket4j-intervally',
  title: 'Bucket4j with refillIntervally (Java)',
  status: 'recorded',
  algorithm: 'token-bucket',
  params: { refill: 'interval' },
  settings: 'Bandwidth: capacity(B).refillIntervally(N, P).',
  semantics: {
    ...bucket4j,
    window:
      'Whole periods since the bucket was made, which is the key’s first request; at that instant the tokens are there.',
    refill: 'N tokens at once, each whole period.',
  },
  reference,
  notes: ['refillIntervallyAligned, which starts at a wall time, is not modelled.'],
  sources: bucket4jSources,
};
