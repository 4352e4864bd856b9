import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { holdsInTimeFor } from '../../algorithms/testing/law.ts';
import { ServiceError, UsageError } from '../../errors.ts';
import type { Store, StoreLimiter, StoreRow } from '../store.ts';
import {
  admittedOf,
  burst,
  decideInTurn,
  decideTogether,
  freshNames,
  inWallTime,
  rowNamed,
  testPrefix,
} from '../testing/rows.ts';
import { TestMemcached } from '../testing/servers.ts';
import { openMemcached } from './index.ts';

const timeoutMs = 20_000;
const ones = (count: number) => Array<number>(count).fill(1);

describe('a Memcached', () => {
  let server: TestMemcached;
  let store: Store;

  beforeAll(async () => {
    server = await TestMemcached.start();
    store = await openMemcached(server.url, { timeoutMs, connections: 1 });
  });

  afterAll(async () => {
    await store?.close();
    await server?.stop();
  });

  /** How many of so many requests of one instant pass, all under way at once. */
  async function admittedAtOnce(row: StoreRow, costs: readonly number[]): Promise<number> {
    return admittedOf(await decideTogether(await store.open(inWallTime(row)), burst(costs)));
  }

  test.each([
    ['fixed-window', 'atomic', 5],
    ['fixed-window', 'cas', 5],
    ['fixed-window', 'get-then-set', 100], // all read the same counter before the first writes it
    ['token-bucket', 'atomic', 5],
    ['token-bucket', 'get-then-set', 100],
    ['gcra', 'atomic', 5],
    ['gcra', 'get-then-set', 100],
  ])('under 5/1m %s, access=%s, admits %i of 100 at once', async (name, access, admitted) => {
    expect(await admittedAtOnce(rowNamed(name, '5/1m', access), ones(100))).toBe(admitted);
  });

  const costs = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 30 });

  test.each(['atomic', 'cas'])(
    'the fixed window, access=%s, never admits more than the limit',
    async (access) => {
      const limiter = await store.open(inWallTime(rowNamed('fixed-window', '10/1m', access)));
      await holdsInTimeFor(costs, async (costs) => {
        const decisions = await decideTogether(limiter, burst(costs));
        const units = costs.filter((_, at) => decisions[at].allowed).reduce((sum, cost) => sum + cost, 0);
        expect(units).toBeLessThanOrEqual(10);
      });
    },
  );

  test.each([
    ['atomic', false], // it comes between the incr of 5 and the decr that gives them back
    ['cas', true],
  ])('with 8 of 10 used, 5 and 2 at once: access=%s admits the 2: %s', async (access, admitted) => {
    const limiter = await store.open(inWallTime(rowNamed('fixed-window', '10/1m', access)));
    const names = freshNames();
    await decideInTurn(limiter, burst([8]), names);
    const [, two] = await decideTogether(limiter, burst([5, 2]), names);
    expect(two.allowed).toBe(admitted);
    const [again] = await decideInTurn(limiter, burst([2]), names);
    expect(again.allowed).toBe(!admitted); // there was room for it, once
  });

  test('a decision that others always get ahead of is an error, and takes nothing', async () => {
    const limiter = await store.open(inWallTime(rowNamed('token-bucket', '1000/1m')));
    const names = freshNames();
    const settled = await Promise.allSettled(
      ones(100).map(() =>
        limiter.decide({ limits: [0], names: [names(0)], nowUs: 0, cost: 1, durationUs: 0 }),
      ),
    );
    const failed = settled.filter(({ status }) => status === 'rejected');
    expect(failed.length).toBeGreaterThan(0);
    for (const failure of failed) expect(failure).toMatchObject({ reason: { kind: 'contention' } });
    const [peek] = await decideInTurn(limiter, burst([0]), names);
    expect(peek.remaining).toBe(1000 - (settled.length - failed.length));
  });

  test('counts what decisions cost, by the counters of the server', async () => {
    const limiter = await store.open(rowNamed('fixed-window', '5/1m'));
    await decideTogether(limiter, burst(ones(10)));
    const usage = await limiter.usage();
    // The first is incr, add; the next four incr; the last five incr, decr.
    expect(usage).toMatchObject({ commandsPerDecision: 1.6, evictedKeys: 0 });
    expect(usage.memoryBytesPerKey).toBeGreaterThan(48); // the header of an item
    expect(usage.bytesInPerDecision).toBeGreaterThan('incr ratelimit: 1'.length);
    expect(usage.cpuUsPerDecision).toBeGreaterThanOrEqual(0);
  });

  test.each([
    ['logical', 86_401],
    ['wall', 61], // the window, and a second for the coarse clock
  ] as const)('in %s time what it writes lives for %i s', async (kind, seconds) => {
    const row = rowNamed('fixed-window', '5/1m', 'cas');
    const names = freshNames();
    await decideInTurn(await store.open(kind === 'wall' ? inWallTime(row) : row), burst([1]), names);
    const left = Number(/^HD t(\d+)$/.exec(await server.ask(`mg ${names(0)} t`))?.[1]);
    expect(left).toBeGreaterThan(seconds - 10);
    expect(left).toBeLessThanOrEqual(seconds);
  });

  test('deletes what it has written, and nothing else', async () => {
    const other = await openMemcached(server.url, { timeoutMs, connections: 1 });
    const [mine, theirs] = [freshNames()(0), freshNames()(0)];
    await decideInTurn(await other.open(rowNamed('gcra', '5/1m')), burst([1]), () => theirs);
    await decideInTurn(await store.open(rowNamed('gcra', '5/1m')), burst([1]), () => mine);
    expect(await store.clear()).toBe(true);
    expect(await server.ask(`get ${mine}`)).toBe('END');
    expect(await server.ask(`get ${theirs}`)).toMatch(/^VALUE/);
    await other.close();
  });

  test.each([
    ['concurrency', 'atomic', 'concurrency in Memcached: there is no way to it yet without a script'],
    ['gcra', 'incr', 'gcra:access=incr in Memcached: its ways there are atomic, get-then-set'],
  ])('does not decide %s, access=%s: %s', (name, access, reason) => {
    expect(store.whyNot(rowNamed(name, '5/1m', access))).toBe(reason);
  });

  test('does not decide under several limits at once', () => {
    const row = rowNamed('gcra', '5/1m');
    expect(store.whyNot({ ...row, quotas: [...row.quotas, ...row.quotas] })).toMatch(
      /^gcra in Memcached under 2 limits at once: /,
    );
  });

  test('names the ways beside the atomic one', () => {
    expect(store.accesses(rowNamed('fixed-window', '5/1m').algorithm)).toEqual({
      cas: {},
      'get-then-set': {},
    });
    expect(store.accesses(rowNamed('concurrency', '5/1m').algorithm)).toEqual({});
  });

  test('says which server it is', () =>
    expect(store.title).toMatch(/^Memcached 1\.\d+\.\d+, memcached:\/\/127/));
});

describe('a Memcached that fails', () => {
  let server: TestMemcached;
  let store: Store;

  beforeEach(async () => {
    server = await TestMemcached.start();
    store = await openMemcached(server.url, { timeoutMs: 200, connections: 1 });
  });

  afterEach(async () => {
    await store?.close();
    await server?.stop();
  });

  test.each([
    ['has crashed', 'connection', (server: TestMemcached) => server.stop()],
    ['says nothing any more', 'timeout', (server: TestMemcached) => server.freeze()],
  ])('and %s makes errors of kind %s', async (_, kind, fail) => {
    const limiter = await store.open(rowNamed('gcra', '5/1m'));
    await fail(server);
    await expect(decideInTurn(limiter, burst([1]))).rejects.toMatchObject({ name: 'StoreError', kind });
    expect(await store.isReady(0)).toBe(false);
    expect(await store.clear()).toBe(true); // nothing was written
  });
});

describe('a Memcached of 2 MB', () => {
  /** A request on each of 10,000 keys, whose long names leave no room for all of them. */
  async function fill(limiter: StoreLimiter): Promise<void> {
    const requests = Array.from({ length: 10_000 }, (_, key) => ({ atUs: 0, key, cost: 1, durationUs: 0 }));
    await decideTogether(limiter, requests, (key) => `${testPrefix}${key}`.padEnd(240, '.'));
  }

  async function on<T>(settings: readonly string[], work: (store: Store) => Promise<T>): Promise<T> {
    const server = await TestMemcached.start('-m', '2', ...settings);
    const store = await openMemcached(server.url, { timeoutMs: 30_000, connections: 1 });
    try {
      return await work(store);
    } finally {
      await store.close();
      await server.stop();
    }
  }

  test('evicts, and says so', async () => {
    const usage = await on([], async (store) => {
      const limiter = await store.open(rowNamed('gcra', '5/1m'));
      await fill(limiter);
      return limiter.usage();
    });
    expect(usage.evictedKeys).toBeGreaterThan(0);
  });

  test('makes errors of its own kind where it may not evict', async () => {
    const full = on(['-M'], async (store) => fill(await store.open(rowNamed('gcra', '5/1m'))));
    await expect(full).rejects.toMatchObject({ name: 'StoreError', kind: 'SERVER_ERROR' });
  });
});

test.each([
  'memcached://',
  'memcached://a:1,b:2',
  'memcached://me:secret@a:1',
  'memcached://a:0',
  'memcached://a:65536',
  'memcached://[::1]:11211',
  'memcached://a/1',
])('%s is not an address, and is not repeated', async (address) => {
  const error = await openMemcached(address, { timeoutMs, connections: 1 }).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(UsageError);
  expect(String(error)).toMatch(/write memcached:\/\/localhost:11211/);
  expect(String(error)).not.toContain('secret');
});

test('a port where nothing listens is a service that cannot be used', async () => {
  const server = await TestMemcached.start();
  await server.stop();
  const error = await openMemcached(server.url, { timeoutMs, connections: 1 }).catch(
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(ServiceError);
  expect(String(error)).toBe(
    `ServiceError: ${server.url}: cannot be used: nothing listens there; start memcached`,
  );
});
