import { describe, expect, test } from 'vitest';
import { requestsAt, requestsEvery, resultOn } from '../testing.ts';

describe('an outage of the store', () => {
  const outage = ['store-outage:at=1s:for=1s'];
  const rows = requestsEvery('10ms', 300);

  test.each([
    ['open', 100],
    ['closed', 0],
    ['local', 40], // each of 4 nodes grants the whole limit
  ])('%s: %i of the requests during it are let through', async (policy, admitted) => {
    const result = await resultOn(
      `central:timeout=5ms:on_error=${policy}`,
      { nodes: 4, faults: outage },
      rows,
    );
    expect(result.deployment?.faults[0]).toMatchObject({
      before: { requests: 100, admitted: 10, over_admitted: 0 },
      during: { requests: 100, admitted },
      after: { requests: 100, admitted: 10 },
    });
  });

  test('each request waits for the time-out', async () => {
    const result = await resultOn('central:timeout=7ms', { faults: outage }, requestsAt('1.5s'));
    expect(result.latency.max_us).toBe(7000);
  });
});

test('a failover forgets the last writes, which can be made once more', async () => {
  const rows = [...requestsAt('0s', '100ms', '200ms'), ...requestsEvery('10ms', 20, '700ms')];
  const faults = ['failover:at=500ms:for=100ms:loses=350ms'];
  const result = await resultOn('central', { faults }, rows);
  expect(result.admitted).toBe(3 + 10 - 2); // those at 0 and 100 ms are remembered, but for one of the three
});

test('a second failover goes on from the first', async () => {
  const rows = [
    ...requestsAt('0s', '100ms', '200ms'),
    ...requestsAt('600ms', '610ms'),
    ...requestsEvery('10ms', 10, '850ms'),
  ];
  const faults = ['failover:at=500ms:for=50ms:loses=350ms', 'failover:at=700ms:for=50ms:loses=95ms'];
  const result = await resultOn('central', { faults }, rows);
  expect(result.admitted).toBe(3 + 2 + (10 - 3)); // of all before it knows those at 0, 100 and 600 ms
});

test.each(['atomic', 'read-then-write'])('a copy counts each request once, by access=%s', async (access) => {
  const rows = [...requestsEvery('100ms', 4), ...requestsEvery('10ms', 20, '700ms')];
  const faults = ['failover:at=500ms:for=100ms:loses=0s'];
  const result = await resultOn(`central:access=${access}`, { faults }, rows);
  expect(result.admitted).toBe(10);
});

test('a copy counts what raced past the limit', async () => {
  const text = 'central:access=read-then-write:network=5ms:service=0s';
  const rows = [...requestsEvery('1ms', 100), ...requestsEvery('10ms', 40, '1.1s')];
  const settings = { limit: '10/1s', algorithms: 'token-bucket' };
  const faults = ['failover:at=500ms:for=100ms:loses=0s'];
  const racing = await resultOn(text, {}, rows, settings);
  const replaced = await resultOn(text, { faults }, rows, settings);
  expect(replaced.admitted).toBe(racing.admitted);
});

test('a slow store lets requests wait, and the node gives up', async () => {
  const faults = ['slow-store:at=0s:for=1s:factor=100'];
  const text = 'central:network=0s:service=100us:timeout=15ms:on_error=closed';
  const result = await resultOn(text, { faults }, requestsAt('0s', '1ms'));
  expect(result).toMatchObject({ admitted: 1, latency: { max_us: 10_000 } });
});

test('a lost packet comes 200 ms later, after the node gave up', async () => {
  const faults = ['packet-loss:at=0s:for=1s:ratio=1'];
  const result = await resultOn(
    'central:timeout=50ms:on_error=closed',
    { faults },
    requestsEvery('10ms', 20),
  );
  expect(result.admitted).toBe(0);
});

test('some lost packets make some requests slow', async () => {
  const faults = ['packet-loss:at=0s:for=10s:ratio=0.05'];
  const result = await resultOn('central:timeout=10s', { faults }, requestsEvery('100ms', 100), {
    limit: '100/1s',
  });
  expect(result.latency.p50_us).toBe(520);
  expect(result.latency.max_us).toBeGreaterThanOrEqual(200_520);
});

test('a node that restarts has forgotten what it admitted', async () => {
  const rows = [...requestsEvery('1ms', 20), ...requestsEvery('1ms', 20, '500ms')];
  const result = await resultOn('local', { faults: ['restart:at=300ms'] }, rows);
  expect(result.admitted).toBe(20);
});

test('after a cold start the store has forgotten too', async () => {
  const rows = [...requestsEvery('1ms', 20), ...requestsEvery('1ms', 20, '500ms')];
  const result = await resultOn('central', { faults: ['cold-start:at=300ms'] }, rows);
  expect(result.admitted).toBe(20);
});

test('a new leader grants what the nodes say that they have, and never more than there is', async () => {
  const faults = ['failover:at=500ms:for=100ms'];
  const result = await resultOn(
    'leased:every=50ms:lease=300ms',
    { nodes: 3, faults },
    requestsEvery('5ms', 400),
    {
      limit: '100/1s',
    },
  );
  expect(result.accuracy.worst_window_ratio).toBeLessThanOrEqual(2); // a fixed window admits 2 × at its edges
});

test('faults of one kind may overlap', async () => {
  const faults = ['store-outage:at=0s:for=300ms', 'store-outage:at=100ms:for=400ms'];
  const closed = 'central:on_error=closed';
  const result = await resultOn(closed, { faults }, requestsEvery('50ms', 20));
  expect(result.admitted).toBe(10); // from 500 ms on
});
