import type { Profile } from './profile.ts';

export const doorman: Profile = {
  name: 'doorman',
  title: 'doorman (cooperative leases of capacity)',
  status: 'modelled',
  algorithm: 'gcra',
  params: {},
  settings:
    'A resource of capacity N / P; one client that holds the whole lease. doorman has no burst; burst=1 spaces requests evenly as its client does.',
  semantics: {
    refused: 'There are none: a client asks for capacity and keeps to what it was leased.',
    window: 'None: a theoretical arrival time.',
    refill: 'Evenly; the client of doorman cuts a second into intervals of 20 ms or more.',
    burst: 'B at one instant; its own client knows none.',
    clock: "The client's.",
    cost: 'One unit a request.',
    rules: 'One resource a lease.',
    state: 'Leases with a length and a refresh interval, at a master.',
    failure:
      'Without a server a client falls back to the safe capacity of the resource. After a change of masters the new one learns for the length of a lease.',
    sync: 'Never more than the capacity is leased: PROPORTIONAL_SHARE or FAIR_SHARE of what clients want.',
    headers: 'None.',
  },
  reference: {
    store: 'memory of the master',
    coordination: 'etcd election',
    gateway: 'none: in the client',
    algorithm: 'leased share, even spacing',
    storeLatencyUs: 1000,
    topology: 'leased:share=proportional:network=500us',
  },
  notes: [
    'Its substance is the sharing between clients, which is a matter of the deployment. The limiter stands for the QPS limiter of its client, which is not imitated to the tick.',
  ],
  sources: [
    'youtube/doorman doc/algorithms.md, doc/design.md and go/ratelimiter/ratelimiter.go at e2b69e1, 2 May 2016',
  ],
};
