import type { Profile } from './profile.ts';

const base = {
  status: 'recorded',
  algorithm: 'nginx',
  settings:
    'limit_req_zone … rate=Nr/s or Nr/m, limit_req … burst=B−1. The rate must come to a whole number of r/s or r/m.',
  semantics: {
    refused: 'Change nothing.',
    window:
      'None: a level that drains. Exactly the burst passes. What drains in a millisecond is cut to whole thousandths of a request at each admission.',
    refill:
      'By the millisecond, at a rate cut to whole thousandths of a request per second: 7r/m is 116, which is 6.96 a minute.',
    burst: 'burst + 1: the first request of an unknown key leaves the level at 0. Starts empty.',
    clock:
      "The host's, in milliseconds, one stamp for a turn of the event loop. A step back counts as no time at all.",
    cost: 'One unit a request. A cost of c is decided here as c requests at once, all or none.',
    rules:
      'All zones are asked first; a refusal by one takes nothing from the others. The longest delay holds.',
    state: 'Shared memory; idle keys go after 60 s, the oldest when the zone is full.',
    failure: 'Closed: with a zone that is full beyond help the request is refused.',
    sync: 'All workers of one host. n hosts admit up to n · N.',
    headers:
      '503 unless limit_req_status says otherwise; no Retry-After and no RateLimit headers. The told wait here is computed.',
  },
  reference: {
    store: 'shared memory of the host',
    coordination: 'none',
    gateway: 'nginx',
    algorithm: 'leaky bucket',
    storeLatencyUs: 1,
    topology: 'local',
  },
  sources: ['nginx/nginx src/http/modules/ngx_http_limit_req_module.c, August 2026'],
} as const;

export const nginx: Profile = {
  ...base,
  name: 'nginx',
  title: 'nginx limit_req with a burst that waits (the default)',
  params: { nodelay: false },
  notes: ['What is above the rate is held back, whole milliseconds cut; nginx-nodelay lets it pass at once.'],
};

export const nginxNodelay: Profile = {
  ...base,
  name: 'nginx-nodelay',
  title: 'nginx limit_req with nodelay',
  params: { nodelay: true },
  notes: ['Decides as nginx does, and holds nothing back.'],
};
