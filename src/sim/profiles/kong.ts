import type { Profile, Semantics } from './profile.ts';

const semantics: Semantics = {
  refused: 'Do not count.',
  window:
    'Calendar windows of UTC (second, minute, hour, day); at the end instant the next window has begun.',
  refill: 'All at once when the next window begins.',
  burst: 'The whole limit at any instant of a window. Starts unused.',
  clock: "The node's own (ngx.time), in whole seconds, cached for a turn of the event loop.",
  cost: 'One unit a request. A cost of c is decided here as c requests, all or none.',
  rules: 'All periods are looked at first; only if all have room is each of them raised.',
  state: 'A key carries the start of its window, and lives for one period.',
  failure: 'Open: fault_tolerant is true by default, and a store error lets the request pass.',
  sync: 'Per node.',
  headers:
    'RateLimit-Limit, -Remaining, -Reset of the tightest period, X-RateLimit-* of each; Retry-After in whole seconds (1 or more) on 429.',
};

const settings =
  'second, minute, hour or day = N. The period must be one of these; month and year are calendar ones in Kong and have no fixed length. Kong has no burst: B is not used.';

const sources = [
  'Kong/kong kong/plugins/rate-limiting/handler.lua, policies/init.lua and expiration.lua at 22246ef, 1 July 2026',
];

const base = { status: 'recorded', settings, sources, params: {}, algorithm: 'kong', notes: [] } as const;

export const kongLocal: Profile = {
  ...base,
  name: 'kong-local',
  title: 'Kong rate-limiting, policy local (the default)',
  params: { policy: 'local' },
  semantics: {
    ...semantics,
    sync: 'None: a shared dictionary of each node, for all its workers. n nodes admit up to n · N in a window.',
  },
  reference: {
    store: 'shared memory of the node',
    coordination: 'none',
    gateway: 'Kong',
    algorithm: 'fixed window',
    storeLatencyUs: 1,
    topology: 'local',
  },
};

export const kongCluster: Profile = {
  ...base,
  name: 'kong-cluster',
  title: 'Kong rate-limiting, policy cluster',
  status: 'source read',
  params: { policy: 'cluster' },
  semantics: {
    ...semantics,
    state: 'A row of Postgres, raised by an upsert after the decision.',
    sync: 'One counter for all nodes, read before and raised after the decision: the requests that are under way at once overshoot.',
  },
  reference: {
    store: 'Postgres',
    coordination: 'none',
    gateway: 'Kong',
    algorithm: 'fixed window',
    storeLatencyUs: 1000,
    topology: 'central:network=500us:on_error=open:access=read-then-write',
  },
  notes: ['Not available in hybrid mode and Konnect.'],
};

export const kongRedis: Profile = {
  ...base,
  name: 'kong-redis',
  title: 'Kong rate-limiting, policy redis (sync_rate −1)',
  params: { policy: 'redis' },
  semantics: {
    ...semantics,
    refused: 'Count, in every configured period, also in those that had room.',
    state: 'INCR and EXPIRE in one script, before the decision: atomic for each key.',
    sync: 'One counter for all nodes, and no overshoot.',
  },
  reference: {
    store: 'Redis',
    coordination: 'none',
    gateway: 'Kong',
    algorithm: 'fixed window',
    storeLatencyUs: 500,
    topology: 'central:network=250us:on_error=open',
  },
};

export const kongRedisSync: Profile = {
  ...base,
  name: 'kong-redis-sync',
  title: 'Kong rate-limiting, policy redis with a sync_rate',
  algorithm: 'kong-redis-sync',
  params: { sync_rate: '1s' },
  semantics: {
    ...semantics,
    refused:
      'Do not count, but for the first look of a worker after a push, which raises the counter; the push takes that one back.',
    state:
      'Tables in each worker; deltas go to Redis sync_rate after the first admission, and all tables are cleared. When the push fails the deltas are lost.',
    sync: 'Periodic: up to workers · nodes · (what is admissible within one sync_rate) beyond the limit, and even one worker alone admits one: it sees one unit fewer than there is.',
  },
  reference: {
    store: 'Redis, behind tables of each worker',
    coordination: 'none',
    gateway: 'Kong',
    algorithm: 'fixed window',
    storeLatencyUs: 500,
    topology: 'synced:every=1s:network=250us:discards=true',
  },
  notes: [
    'sync_rate is 1s here unless --param sync_rate=… says otherwise; Kong has no default above 0.',
    'In Kong one timer pushes all keys of a worker; here each key has its own.',
    'RateLimit-Remaining is told by what the worker saw before it looked: the first two requests after a push are told the same.',
    'The counter that the push re-creates gets a time to live in milliseconds where Redis expects seconds, and so stays for ever (source reading; Kong/kong#14995).',
  ],
};

export const kongAdvanced: Profile = {
  ...base,
  name: 'kong-advanced',
  title: 'Kong rate-limiting-advanced (enterprise), sliding windows',
  status: 'documented',
  algorithm: 'sliding-estimate',
  params: { count_rejected: true },
  settings:
    'limit = [N], window_size = [P in seconds], window_type = sliding, disable_penalty = false (the defaults). B is not used.',
  semantics: {
    ...semantics,
    refused: 'Count, while disable_penalty is false: a client steadily above the limit is refused for good.',
    clock: 'Not published; here exact.',
    window: 'Two counters of windows aligned to 1970; an estimate of exactly the limit is allowed.',
    refill: 'Bit by bit, as the window before loses its weight.',
    burst: 'The whole limit at one instant. Starts unused.',
    rules: 'All pairs of limit and window_size hold.',
    sync: 'sync_rate 0 is synchronous, −1 local only, above 0 periodic: up to nodes · N within one interval.',
    headers:
      'RateLimit-* and X-RateLimit-*; Retry-After may have a random addition of retry_after_jitter_max.',
  },
  reference: {
    store: 'Redis, or shared memory of the node',
    coordination: 'none',
    gateway: 'Kong',
    algorithm: 'sliding window counter',
    storeLatencyUs: 500,
    topology: 'central:network=250us:on_error=open',
  },
  notes: [
    'The source is not public: the formula is that of the documentation, and the rounding is not known.',
  ],
  sources: [
    'Kong documentation, Window types and rate-limiting-advanced, 2026',
    'Kong/kong#6723 and #6724 (overshoot within one sync)',
    'Kong/docs.konghq.com#6586 (blocked for good)',
  ],
};
