import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { requestsAt, requestsEvery, resultOn } from '../testing.ts';

const at = (ms: number) => ({ atUs: ms * 1e3, key: 0, cost: 1, durationUs: 0 });

/** Requests of one key within one second, in the order of time. */
const burst = fc
  .array(fc.integer({ min: 0, max: 999 }), { minLength: 1, maxLength: 120 })
  .map((instants) => instants.sort((a, b) => a - b).map(at));

describe('local', () => {
  test('whole limits let through nodes × limit, and no more', async () => {
    const result = await resultOn('local', { nodes: 4 }, requestsEvery('1ms', 100));
    expect(result.admitted).toBe(40);
    expect(result.accuracy.worst_window_ratio).toBe(4);
  });

  test('split limits let through what divides by the nodes', async () => {
    const result = await resultOn('local:split=even', { nodes: 4 }, requestsEvery('1ms', 100));
    expect(result.admitted).toBe(8); // 4 × ⌊10 / 4⌋
  });

  test('more nodes than the limit has units refuse everything (envoyproxy/envoy#46702)', async () => {
    const result = await resultOn('local:split=even', { nodes: 11 }, requestsEvery('1ms', 100));
    expect(result.admitted).toBe(0);
  });

  test('a sticky balancer keeps a key on one node, which is as good as one node', async () => {
    const result = await resultOn('local:balance=sticky', { nodes: 4 }, requestsEvery('1ms', 100));
    expect(result.admitted).toBe(10);
  });
});

describe('central', () => {
  test('is exact however many nodes ask', async () => {
    const result = await resultOn('central', { nodes: 50 }, requestsEvery('1ms', 100));
    expect(result.admitted).toBe(10);
  });

  test('takes the way there and back, and the time in the store', async () => {
    const result = await resultOn('central:network=1ms:service=300us', {}, requestsAt('0s', '1s'));
    expect(result.latency.max_us).toBe(2300);
  });

  test('requests wait for each other in the store', async () => {
    const result = await resultOn('central:network=1ms:service=300us', {}, requestsAt('0s', '0s', '0s'));
    expect(result.latency.max_us).toBe(2900);
  });

  test('a pool of one connection asks for one at a time', async () => {
    const text = 'central:network=1ms:service=0s:connections=1:timeout=1s';
    const result = await resultOn(text, {}, requestsAt('0s', '0s', '0s'));
    expect(result.latency.max_us).toBe(6000);
  });

  test('who waits for a connection until the time-out is decided without the store', async () => {
    const text = 'central:network=1ms:service=0s:connections=1:timeout=3ms:on_error=closed';
    const result = await resultOn(text, {}, requestsAt('0s', '0s', '0s'));
    expect(result).toMatchObject({ admitted: 1, deployment: { inside: { decided_without_store: 2 } } });
  });

  test('reading first and counting afterwards lets through what is under way', async () => {
    const text = 'central:access=read-then-write:network=5ms:service=0s';
    const racing = await resultOn(text, { nodes: 4 }, requestsEvery('1ms', 100));
    const atomic = await resultOn('central:network=5ms:service=0s', { nodes: 4 }, requestsEvery('1ms', 100));
    expect(racing.admitted).toBe(19); // the tenth, sent at 9 ms, is counted at 24 ms: who was read before that passes
    expect(atomic.admitted).toBe(10);
  });

  test('a denial cache spares the store what it would refuse', async () => {
    const rows = requestsEvery('1ms', 990);
    const plain = await resultOn('central', { nodes: 4 }, rows);
    const cached = await resultOn('central:denial_cache=true', { nodes: 4 }, rows);
    expect(cached.admitted).toBe(plain.admitted);
    expect(cached.deployment?.inside.store_requests).toBeLessThan(20);
    expect(plain.deployment?.inside.store_requests).toBe(990);
  });

  test('a full store forgets the key that was not used for longest', async () => {
    const rows = Array.from({ length: 30 }, (_, index) => ({ ...at(index), key: index % 3 }));
    const whole = await resultOn('central:max_keys=3', {}, rows, { limit: '1/1s' });
    const full = await resultOn('central:max_keys=2', {}, rows, { limit: '1/1s' });
    expect(whole.admitted).toBe(3);
    expect(full).toMatchObject({ admitted: 30, deployment: { inside: { evicted_keys: 28 } } });
  });
});

describe('synced', () => {
  test('what was admitted before a round is known after it', async () => {
    const rows = [...requestsEvery('1ms', 5), ...requestsEvery('1ms', 100, '500ms')];
    const result = await resultOn('synced:every=100ms:balance=round-robin', { nodes: 4 }, rows);
    expect(result.admitted).toBeGreaterThan(10);
    expect(result.admitted).toBeLessThanOrEqual(5 + 4 * 5); // each node knows of 5 and admits 5 more
  });

  test('overshoots by at most what all nodes can admit in one interval', () => {
    const every = 100;
    return fc.assert(
      fc.asyncProperty(
        burst,
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 5 }),
        async (rows, nodes, seed) => {
          const result = await resultOn(`synced:every=${every}ms`, { nodes, seed }, rows);
          const unheard = 2 * every + 2; // told at most an interval later, heard at most an interval after that
          const most = Math.max(
            ...rows.map(
              ({ atUs }) => rows.filter((row) => row.atUs >= atUs && row.atUs < atUs + unheard * 1e3).length,
            ),
          );
          expect(result.admitted).toBeLessThanOrEqual(10 + Math.min(most, (nodes - 1) * 10));
        },
      ),
      { numRuns: 100 },
    );
  });

  test('while the store is away nobody hears, and then everybody does', async () => {
    const rows = [...requestsEvery('5ms', 40), ...requestsEvery('5ms', 100, '450ms')];
    const faults = ['store-outage:at=0s:for=300ms'];
    const kept = await resultOn('synced:every=50ms', { nodes: 2, faults }, rows);
    const discarded = await resultOn('synced:every=50ms:discards=true', { nodes: 2, faults }, rows);
    expect(kept.admitted).toBe(20); // both used up the limit before they heard
    expect(discarded.admitted).toBe(20);
  });
});

describe('gossip', () => {
  test('news reaches every node', async () => {
    const rows = [...requestsEvery('1ms', 10), ...requestsEvery('1ms', 400, '500ms')];
    const result = await resultOn('gossip:every=20ms', { nodes: 20 }, rows);
    expect(result.admitted).toBe(10);
  });

  test('a node that is cut off goes its own way', async () => {
    const rows = [...requestsEvery('1ms', 10), ...requestsEvery('1ms', 400, '500ms')];
    const faults = ['partition:at=0s:for=1s:nodes=1'];
    const result = await resultOn('gossip:every=20ms', { nodes: 5, faults }, rows);
    expect(result.admitted).toBeGreaterThanOrEqual(10 + 8 + 2); // it heard of 2 of the first 10, and the others of 8
    expect(result.admitted).toBeLessThanOrEqual(10 + 8 + 4 * 2);
  });
});

describe('leased', () => {
  test('never admits more than the limit while leases hold', () =>
    fc.assert(
      fc.asyncProperty(burst, fc.integer({ min: 1, max: 5 }), async (rows, nodes) => {
        const result = await resultOn('leased:every=50ms:lease=10s', { nodes }, rows);
        expect(result.admitted).toBeLessThanOrEqual(10 + nodes); // parts of a unit that add up
      }),
      { numRuns: 50 },
    ));

  test('shares follow the demand', async () => {
    const rows = requestsEvery('10ms', 1000); // one node gets all: what the others do not want is leased to it
    const result = await resultOn('leased:every=200ms:lease=400ms:balance=sticky', { nodes: 4 }, rows, {
      limit: '40/1s',
    });
    const even = await resultOn('local:split=even:balance=sticky', { nodes: 4 }, rows, { limit: '40/1s' });
    expect(even.admitted).toBe(100);
    expect(result.admitted).toBeGreaterThan(350);
  });

  test('without a lease a node is held to a safe part', async () => {
    const faults = ['store-outage:at=0s:for=1h'];
    const rows = requestsEvery('1ms', 500);
    const even = await resultOn('leased', { nodes: 5, faults }, rows);
    const none = await resultOn('leased:safe=none', { nodes: 5, faults }, rows);
    expect([even.admitted, none.admitted]).toEqual([10, 0]);
  });

  test('regions lease for their nodes', async () => {
    const result = await resultOn(
      'leased:every=50ms:regions=2:region_every=100ms',
      { nodes: 4 },
      requestsEvery('10ms', 500),
    );
    expect(result.accuracy.worst_window_ratio).toBeLessThanOrEqual(2); // a fixed window admits 2 × at its edges
    expect(result.admitted).toBeGreaterThan(35);
  });
});

describe('multi-region', () => {
  test.each(['atomic', 'read-then-write'])('hears of each admission once, by access=%s', async (access) => {
    const text = `multi-region:lag=1ms:network=0s:service=0s:access=${access}`;
    const result = await resultOn(text, { nodes: 2 }, requestsEvery('10ms', 50)); // in turn, one region and the other
    expect(result.admitted).toBe(10);
  });

  test('within the lag every region grants the whole limit, afterwards none does', async () => {
    const rows = [...requestsEvery('1ms', 100), ...requestsEvery('1ms', 100, '500ms')];
    const result = await resultOn('multi-region:regions=3:lag=200ms', { nodes: 3 }, rows);
    expect(result.admitted).toBe(30);
  });

  test('a copy of a region knows what came from the others', async () => {
    const text = 'multi-region:lag=20ms:network=0s:service=0s';
    const rows = requestsEvery('10ms', 90);
    const faults = ['failover:at=95ms:for=1ms:loses=0s']; // between two requests
    const plain = await resultOn(text, { nodes: 2 }, rows, { limit: '30/1s' });
    const replaced = await resultOn(text, { nodes: 2, faults }, rows, { limit: '30/1s' });
    expect(replaced.admitted).toBe(plain.admitted);
  });

  test('where the last writer wins, what the other region took is lost', async () => {
    const sum = 'multi-region:lag=20ms:network=0s:service=0s';
    const rows = requestsEvery('10ms', 90); // in turn, one region and the other
    const summed = await resultOn(sum, { nodes: 2 }, rows);
    const lost = await resultOn(`${sum}:merge=last-writer-wins`, { nodes: 2 }, rows);
    expect(summed.admitted).toBeLessThanOrEqual(13);
    expect(lost.admitted).toBeGreaterThan(summed.admitted);
  });
});

describe('a clock that is off', () => {
  test('opens the next window early for the node that goes by it', async () => {
    const faults = ['clock:at=460ms:ahead=600ms:nodes=1'];
    const rows = requestsEvery('1ms', 100, '450ms');
    const result = await resultOn('central:clock=node', { nodes: 2, faults }, rows);
    expect(result.admitted).toBe(20);
    expect((await resultOn('central', { nodes: 2, faults }, rows)).admitted).toBe(10);
  });

  test('drifts', async () => {
    const faults = ['clock:at=0s:drift_ppm=500000:nodes=1']; // half as fast again: its second is over at 667 ms
    const result = await resultOn('local', { nodes: 1, faults }, requestsEvery('10ms', 100));
    expect(result.admitted).toBe(20);
  });
});
