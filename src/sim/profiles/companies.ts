/**
 * Hosted services. What runs there is not public: the six profiles follow a reference table of stores, coordination,
 * gateways and algorithms, and where a company's own documents say otherwise there is a variant that follows them.
 */
import type { Profile, Semantics } from './profile.ts';

const bucket: Semantics = {
  refused: 'Do not count.',
  window: 'None: a bucket. Exactly the tokens that are left pass.',
  refill: 'Continuous.',
  burst: 'B at one instant. Starts full.',
  clock: 'Not published; here exact.',
  cost: 'One token a request, unless the traffic says otherwise; all or none.',
  rules: 'Not published; here several limits are all or none.',
  state: 'Not published.',
  failure: 'Not published.',
  sync: 'Not published; here one bucket for all.',
  headers: 'The told wait here is computed.',
};

const sliding: Semantics = {
  ...bucket,
  window: 'Two aligned counters; the trailing window is estimated from them, rounded down.',
  refill: 'Bit by bit, as the window before loses its weight.',
  burst: 'The whole limit at one instant. Starts unused.',
};

const fixed: Semantics = {
  ...bucket,
  window: 'From the first request of a key; at the end instant a new window begins.',
  refill: 'All at once when the window ends.',
  burst: 'The whole limit at any instant of a window. Starts unused.',
};

const asGiven = 'As they are: N a period P, B at one instant.';
const windowAsGiven = 'As they are: N a period P. B is not used.';
const table =
  'Store, coordination, gateway and algorithm follow the reference table; the company does not publish them.';

export const stripe: Profile = {
  name: 'stripe',
  title: 'Stripe API, rate limiter of an account',
  status: 'modelled',
  algorithm: 'token-bucket',
  params: {},
  settings: `${asGiven} Stripe's live mode: 100/1s, most endpoints 25/1s.`,
  semantics: {
    ...bucket,
    rules:
      'A global limit and one of the endpoint; beside them a limit of concurrent requests and two load shedders, which are not modelled here.',
    state: 'In Redis.',
    failure: 'Open: a limiter that fails must not take the API down.',
    headers: '429; advice to back off exponentially with jitter. The told wait here is computed.',
  },
  reference: {
    store: 'Redis Cluster',
    coordination: 'etcd',
    gateway: 'own',
    algorithm: 'token bucket',
    storeLatencyUs: 1000,
    topology: 'central:network=500us:on_error=open',
  },
  notes: [
    table,
    'Its blog confirms the token bucket in Redis; the size of the bucket is not published: B is N unless said.',
  ],
  sources: [
    'Stripe documentation, Rate limits, 2026',
    'Stripe blog, Scaling your API with rate limiters, 2017',
  ],
};

export const awsApiGateway: Profile = {
  name: 'aws-api-gateway',
  title: 'AWS API Gateway throttling',
  status: 'modelled',
  algorithm: 'token-bucket',
  params: {},
  settings: `${asGiven} The default of an account and region: 10000/1s,burst=5000.`,
  semantics: {
    ...bucket,
    rules: 'Client and method, then method, then account. Usage plans add quotas by the day, week or month.',
    sync: 'Best effort: targets, and no guaranteed ceilings.',
    headers: '429, without Retry-After by default. The told wait here is computed.',
  },
  reference: {
    store: 'DynamoDB',
    coordination: 'internal',
    gateway: 'ALB',
    algorithm: 'token bucket',
    storeLatencyUs: 5000,
    topology: 'central:network=2500us:on_error=open',
  },
  notes: [
    table,
    'Its documents confirm the token bucket. Where B is below N it bounds concurrency rather than bursts.',
  ],
  sources: ['AWS documentation, Throttle requests to your REST APIs, 2026'],
};

export const awsEc2: Profile = {
  ...awsApiGateway,
  name: 'aws-ec2',
  title: 'AWS EC2 API, request token bucket',
  status: 'documented',
  params: { refill: 'interval' },
  settings: 'N tokens each P, and a bucket of B. DescribeHosts: 20/1s,burst=100.',
  semantics: {
    ...awsApiGateway.semantics,
    window: 'Intervals from the first request of a key; at that instant the tokens are there.',
    refill: 'N at once each second, as the document words it.',
    rules:
      'A bucket of requests and one of resources, whose cost is the number of instances: both must pass.',
    sync: 'Not published.',
    headers: 'HTTP 503 with RequestLimitExceeded. The told wait here is computed.',
  },
  notes: ['Another service than API Gateway, and another refill: documented as tokens added each second.'],
  sources: ['AWS documentation, Request throttling for the Amazon EC2 API, 2026'],
};

export const github: Profile = {
  name: 'github',
  title: 'GitHub by the reference table: sliding window',
  status: 'modelled',
  algorithm: 'sliding-window-counter',
  params: {},
  settings: windowAsGiven,
  semantics: sliding,
  reference: {
    store: 'MySQL',
    coordination: 'Consul',
    gateway: 'nginx + Lua',
    algorithm: 'sliding window',
    storeLatencyUs: 2000,
    topology: 'central:network=1ms:on_error=open',
  },
  notes: [table, "GitHub's documents speak of fixed windows of an hour: that is github-rest."],
  sources: [
    'Reference table of this program',
    'GitHub documentation, Rate limits for the REST API, 2026 (for the variant)',
  ],
};

export const githubRest: Profile = {
  ...github,
  name: 'github-rest',
  title: 'GitHub REST API as documented: fixed window of an hour',
  status: 'documented',
  algorithm: 'fixed-window',
  params: { align: 'first', count_rejected: false },
  settings: `${windowAsGiven} A user: 5000/1h; without authentication: 60/1h; points a minute: 900/1m.`,
  semantics: {
    ...fixed,
    cost: 'Primary: 1 a request. The secondary limit counts points: GET 1, POST, PATCH, PUT and DELETE 5.',
    rules:
      'A primary limit and secondary ones (100 at once, 900 points a minute, CPU time, created content), which are separate limits here.',
    headers:
      'x-ratelimit-limit, -remaining, -used, -reset (epoch seconds), -resource; 403 or 429, and retry-after for secondary limits.',
  },
  reference: { ...github.reference, algorithm: 'fixed window' },
  notes: [
    'x-ratelimit-reset is one instant for a whole window, so the window is fixed; that it begins with the first request is the reading of the documents here.',
  ],
  sources: ['GitHub documentation, Rate limits for the REST API, 2026'],
};

export const x: Profile = {
  name: 'x',
  title: 'X (Twitter) by the reference table: sliding window',
  status: 'modelled',
  algorithm: 'sliding-window-counter',
  params: {},
  settings: windowAsGiven,
  semantics: sliding,
  reference: {
    store: 'Manhattan',
    coordination: 'ZooKeeper',
    gateway: 'own',
    algorithm: 'sliding window',
    storeLatencyUs: 3000,
    topology: 'central:network=1500us:on_error=open',
  },
  notes: [table, 'The headers of the API speak of a fixed window of 15 minutes: that is x-fixed-window.'],
  sources: [
    'Reference table of this program',
    'X developer documentation, Rate limits, 2026 (for the variant)',
  ],
};

export const xFixedWindow: Profile = {
  ...x,
  name: 'x-fixed-window',
  title: 'X (Twitter) API as documented: fixed window of 15 minutes',
  status: 'documented',
  algorithm: 'fixed-window',
  params: { align: 'first', count_rejected: false },
  settings: `${windowAsGiven} Typical: 900/15m for each endpoint and user.`,
  semantics: {
    ...fixed,
    headers: 'x-rate-limit-limit, -remaining, -reset (epoch seconds); 429 with code 88.',
  },
  reference: { ...x.reference, algorithm: 'fixed window' },
  notes: [
    'The text promises the limit over any 15 minutes, but a reset that stays the same for a window is that of a fixed one. Where it begins is not documented: from the first hit here, --param align=epoch for the other reading.',
  ],
  sources: ['X developer documentation, Rate limits, 2026'],
};

export const cloudflare: Profile = {
  name: 'cloudflare',
  title: 'Cloudflare by the reference table: leaky bucket',
  status: 'modelled',
  algorithm: 'leaky-bucket',
  params: {},
  settings: asGiven,
  semantics: {
    ...bucket,
    window: 'None: a level. Exactly the capacity passes.',
    refill: 'The level drains continuously.',
  },
  reference: {
    store: 'Quicksilver',
    coordination: 'internal',
    gateway: 'Workers',
    algorithm: 'leaky bucket',
    storeLatencyUs: 500,
    topology: 'central:network=250us:on_error=open',
  },
  notes: [
    table,
    'Cloudflare publishes a sliding window counter for its rate limiting rules: that is cloudflare-waf.',
  ],
  sources: [
    'Reference table of this program',
    'Cloudflare blog, How we built rate limiting capable of scaling to millions of domains, 2017 (for the variant)',
  ],
};

export const cloudflareWaf: Profile = {
  ...cloudflare,
  name: 'cloudflare-waf',
  title: 'Cloudflare rate limiting rules as published: sliding window counter',
  status: 'documented',
  algorithm: 'sliding-estimate',
  params: { count_rejected: true, mitigation: '10s' },
  settings: 'requests_per_period = N, period = P, mitigation_timeout = 10 s. B is not used.',
  semantics: {
    ...sliding,
    refused: 'The one that crosses the limit counts; while the mitigation lasts nothing does.',
    window:
      'Two aligned counters: previous · (P − gone) / P + current, not rounded. An estimate of exactly N passes.',
    state:
      'memcached of a data centre, raised after the answer; a flag with a time to live once the limit is crossed.',
    sync: 'Counters of a data centre are not shared with others; a delay of a few seconds is possible.',
    headers: '429 (error 1015) with Retry-After.',
  },
  reference: {
    store: 'memcached of the data centre',
    coordination: 'none',
    gateway: 'edge servers',
    algorithm: 'sliding window counter',
    storeLatencyUs: 500,
    topology: 'central:network=250us:on_error=open:access=read-then-write',
  },
  notes: [
    'The worked example of the blog: 42 in the minute before and 18 in the first 15 s are 49.5, and pass under 50 a minute.',
    '--param mitigation=0s is the throttling of Enterprise: no block beyond the estimate.',
  ],
  sources: [
    'Cloudflare blog, How we built rate limiting capable of scaling to millions of domains, 2017',
    'Cloudflare documentation, Request rate calculation, 2026',
  ],
};

export const shopify: Profile = {
  name: 'shopify',
  title: 'Shopify REST Admin API: leaky bucket',
  status: 'documented',
  algorithm: 'leaky-bucket',
  params: {},
  settings: `${asGiven} Standard plan: 2/1s,burst=40.`,
  semantics: {
    ...bucket,
    window: 'None: a level. Exactly the capacity passes.',
    refill: 'The level leaks continuously.',
    burst: 'B at one instant. Starts empty.',
    headers: 'X-Shopify-Shop-Api-Call-Limit: 32/40; 429 with Retry-After: 2.0, a decimal.',
  },
  reference: {
    store: 'Redis',
    coordination: 'Consul',
    gateway: 'own',
    algorithm: 'leaky bucket',
    storeLatencyUs: 500,
    topology: 'central:network=250us:on_error=open',
  },
  notes: [
    'Store, coordination and gateway follow the reference table; the leaky bucket is what the documents say too.',
    'The GraphQL API counts points instead of requests: that is shopify-graphql.',
  ],
  sources: ['Shopify documentation, REST Admin API rate limits, 2026'],
};

export const shopifyGraphql: Profile = {
  ...shopify,
  name: 'shopify-graphql',
  title: 'Shopify GraphQL Admin API: points by calculated cost',
  algorithm: 'token-bucket',
  settings: `${asGiven} Standard plan: 100/1s,burst=2000, and the cost of a query as the cost of the request.`,
  semantics: {
    ...bucket,
    cost: 'The requested cost of a query is reserved, and the difference to its actual cost given back; a single query costs at most 1000. The refund is not modelled: give the actual cost.',
    headers: 'HTTP 200 with the error THROTTLED, and extensions.cost in each answer.',
  },
  reference: { ...shopify.reference, algorithm: 'token bucket' },
  notes: ['The figures have changed over the years: earlier documents say 50 a second and 1000.'],
  sources: ['Shopify documentation, GraphQL Admin API rate limits, 2026'],
};
