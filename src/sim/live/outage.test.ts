import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, test } from 'vitest';
import { ServiceError } from '../../errors.ts';
import {
  freePort,
  moveSlots,
  startCluster,
  startSentinel,
  TestRedis,
} from '../../stores/testing/redis-server.ts';
import type { ErrorPolicy } from './options.ts';
import { busy, logical, onceUnderWay, onStore, openTestStore, wall } from './testing.ts';

const servers: TestRedis[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

async function start(...settings: string[]): Promise<TestRedis> {
  const server = await TestRedis.start(...settings);
  servers.push(server);
  return server;
}

describe('a server that is killed in the middle of a run and comes back', () => {
  test('in logical time: what was under way has no answer, the rest waits', async () => {
    const server = await start();
    const result = await onStore(server.url, busy('60s', '1k/s'), 'gcra', {
      onProgress: onceUnderWay(() =>
        server
          .kill()
          .then(() => sleep(300))
          .then(() => server.restart()),
      ),
    });
    const [{ live, requests }] = result.results;
    const lost = Object.values(live!.errors).reduce((sum, count) => sum + count, 0);
    expect(result.partial).toBe(false);
    expect(requests).toBe(result.traffic.requests);
    expect(lost).toBeGreaterThan(0);
    expect(lost).toBeLessThan(requests / 50); // what was under way, while the server went and when it came
    expect(live!.without_store).toMatchObject({ requests: lost, admitted: 0 });
  });

  test.each(['open', 'closed', 'local'] as const)(
    'in wall time: requests go on and are decided by the policy %s',
    async (policy: ErrorPolicy) => {
      const server = await start();
      const live = { ...wall, onStoreError: policy };
      const result = await onStore(server.url, busy('3s', '500/s', '5/1s'), 'gcra', {
        live,
        onProgress: onceUnderWay(() =>
          server
            .kill()
            .then(() => sleep(600))
            .then(() => server.restart()),
        ),
      });
      const [row] = result.results;
      const { requests, admitted, over_admitted, needless_rejected } = row.live!.without_store;
      expect(requests).toBeGreaterThan(100);
      expect(requests).toBeLessThan(row.requests - 500); // it was used again when it was back
      expect(Object.values(row.live!.errors).reduce((sum, count) => sum + count)).toBe(requests);
      if (policy === 'open')
        expect({ admitted, over: over_admitted > 50 }).toEqual({ admitted: requests, over: true });
      if (policy === 'closed')
        expect({ admitted, needless: needless_rejected > 0 }).toEqual({ admitted: 0, needless: true });
      if (policy === 'local') {
        expect(admitted).toBeGreaterThan(0);
        expect(admitted).toBeLessThan(requests);
      }
    },
  );

  test('one that does not come back ends the run, and what was decided is reported', async () => {
    const server = await start();
    const result = await onStore(server.url, busy('60s', '1k/s'), 'gcra', {
      live: { ...logical, awaitStoreMs: 500 },
      onProgress: onceUnderWay(() => server.kill()),
    });
    expect(result.partial).toBe(true);
    expect(result.partial_reason).toBe('store');
    expect(result.notes[0]).toMatch(
      /^The run ended early: Redis .* went away and did not come back within 0.5 s/,
    );
    expect(result.results[0].requests).toBe(result.traffic.requests);
  });
});

test('a sentinel names the master; when that is killed the run goes on with the replica', async () => {
  const { master, replica, sentinel } = await startSentinel();
  servers.push(master, replica, sentinel);
  const live = { ...wall, onStoreError: 'open' } as const;
  const result = await onStore(
    `redis-sentinel://127.0.0.1:${sentinel.port}/main`,
    busy('6s', '200/s'),
    'gcra',
    { live, onProgress: onceUnderWay(() => master.kill()) },
  );
  const [row] = result.results;
  const { requests } = row.live!.without_store;
  expect(requests).toBeGreaterThan(50); // half a second until the sentinel is sure
  expect(requests).toBeLessThan(row.requests / 2);
}, 60_000);

test('a cluster whose slots move in the middle of a run: state moves with them, and nothing is decided twice', async () => {
  const nodes = await startCluster();
  servers.push(...nodes);
  const hosts = nodes.map(({ port }) => `127.0.0.1:${port}`).join(',');
  const arrivals = { model: 'poisson', rate: '1k/s' } as const;
  const keys = { model: 'uniform', count: '1k' } as const;
  const hourly = { limit: '20/1h', duration: '120s', streams: [{ arrivals, keys }] };
  let redirected = Promise.resolve(0);
  let hasEnded = false;
  const { results } = await onStore(`redis-cluster://${hosts}`, hourly, 'fixed-window', {
    onProgress: onceUnderWay(() => {
      redirected = moveSlots(nodes[0], nodes[1], 50).then(() => (hasEnded ? 0 : redirectsBy(nodes[0])));
    }),
  });
  hasEnded = true;
  expect(await redirected).toBeGreaterThan(0);
  expect(results[0].live!.errors).toEqual({});
  expect(results[0].admitted).toBe(1000 * 20);
  expect(results[0].accuracy.over_admitted).toBe(0);
}, 60_000);

/** How many commands a node has answered with ASK or MOVED. */
async function redirectsBy({ port }: TestRedis): Promise<number> {
  const redis = new Redis(port);
  const counts = (await redis.info('errorstats')).matchAll(/errorstat_(?:ASK|MOVED):count=(\d+)/g);
  redis.disconnect();
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

describe('a server that refuses', () => {
  test('one that may not write decides nothing, and cannot be used', async () => {
    const { url } = await start('--min-replicas-to-write', '1');
    const streams = [{ arrivals: { model: 'poisson', rate: '100/s' }, keys: { model: 'single' } }] as const;
    await expect(
      onStore(url, { limit: '20/1s', duration: '2s', streams: [...streams] }, 'gcra'),
    ).rejects.toThrow(/^Redis .* decided none of the \d+ requests; the last error: NOREPLICAS /);
  });

  test('one that reads its data back in: LOADING, counted, and the run goes on when it has', async () => {
    const server = await start('--key-load-delay', '400', '--loading-process-events-interval-bytes', '1024');
    const redis = new Redis(server.port, { retryStrategy: () => null });
    await redis.mset(Array.from({ length: 2500 }, (_, at) => [`somebody:${at}`, 'else']).flat()); // a second to load
    await redis.save();
    redis.disconnect();
    const { results } = await onStore(server.url, busy('4s', '500/s', '5/1s'), 'gcra', {
      live: wall,
      onProgress: onceUnderWay(() => server.kill().then(() => server.restart())),
    });
    const [{ live, requests }] = results;
    expect(live!.errors.LOADING).toBeGreaterThan(50);
    expect(live!.without_store.requests).toBeLessThan(requests - 500);
  });

  test('a replica: READONLY, counted, and the run goes on', async () => {
    const server = await start('--replicaof', '127.0.0.1', '1');
    const { results, notes } = await onStore(server.url, busy('2s', '100/s'), 'gcra');
    expect(results[0].live!.errors).toEqual({ READONLY: results[0].live!.without_store.requests });
    expect(notes).toContain('The server is a replica, which answers writes with READONLY.');
  });

  test('memory that runs out without eviction: OOM', async () => {
    const server = await start('--maxmemory', '2mb');
    const many = { ...busy('20s', '1k/s'), limit: '1k/1h' };
    many.streams![0].keys = { model: 'uniform', count: '30k' };
    const { live } = (await onStore(server.url, many, 'token-bucket')).results[0];
    expect(live!.errors.OOM).toBeGreaterThan(1000);
    expect(Object.keys(live!.errors)).toEqual(['OOM']);
  });

  test('a server that is nearly full, or does not say what it is, is left alone', async () => {
    const full = await start('--maxmemory', '900kb');
    await expect(openTestStore(full.url)).rejects.toThrow(/uses 1?\d\d % of its maxmemory .*left alone/);
    const mute = await start('--rename-command', 'INFO', '');
    await expect(openTestStore(mute.url)).rejects.toThrow(/does not say what it is/);
  });

  test.each([
    ['no scripts', ['+@all', '-@scripting', '~*']],
    ['other names', ['+@all', '~other:*']],
  ])('a user who may run %s decides nothing, so nothing is run', async (_, rules) => {
    const server = await start();
    const { Redis } = await import('ioredis');
    const admin = new Redis(server.port);
    await admin.call('ACL', 'SETUSER', 'bob', 'on', '>pw', ...rules);
    admin.disconnect();
    await expect(openTestStore(`redis://bob:pw@127.0.0.1:${server.port}`)).rejects.toThrow(
      /does not let scripts run: "NOPERM/,
    );
    await expect(openTestStore(`redis://bob:no@127.0.0.1:${server.port}`)).rejects.toThrow(
      /wants a password, or another one/,
    );
  });

  test('a wrong password is told, and no password is shown', async () => {
    const server = await start('--requirepass', 'right');
    const address = `redis://:hunter2@127.0.0.1:${server.port}`;
    const error = await openTestStore(address).catch((error: Error) => error);
    expect(error).toBeInstanceOf(ServiceError);
    expect(String(error)).toMatch(/wants a password, or another one/);
    expect(String(error)).not.toContain('hunter2');
    const right = await openTestStore(`redis://:right@127.0.0.1:${server.port}`);
    expect(right.title).not.toContain('right@');
    await right.close();
  });

  test('scripts that were flushed are sent again', async () => {
    const server = await start();
    const { Redis } = await import('ioredis');
    const other = new Redis(server.port);
    const { results } = await onStore(server.url, busy('20s', '1k/s'), 'gcra', {
      onProgress: () => void other.script('FLUSH'),
    });
    other.disconnect();
    expect(results[0].live!.errors).toEqual({});
  });
});

test('eviction: the user is warned, and sees what it does to accuracy', async () => {
  const evicting = await start('--maxmemory', '2200kb', '--maxmemory-policy', 'allkeys-lru');
  const roomy = await start();
  const many = { ...busy('20s', '1k/s'), limit: '1/1h' };
  many.streams![0] = { ...many.streams![0], keys: { model: 'uniform', count: '12k' }, costs: 1 };
  const evicted = await onStore(evicting.url, many, 'fixed-window');
  const kept = await onStore(roomy.url, many, 'fixed-window');
  expect(evicted.notes.join()).toMatch(/may evict limiter state \(maxmemory-policy allkeys-lru\)/);
  expect(evicted.results[0].live!.evicted_keys).toBeGreaterThan(100);
  expect(evicted.results[0].accuracy.over_admitted).toBeGreaterThan(100);
  expect(kept.results[0].accuracy.over_admitted).toBe(0);
});

describe('nothing hangs', () => {
  test('nobody listens', async () => {
    await expect(openTestStore(`redis://127.0.0.1:${await freePort()}`)).rejects.toThrow(
      /nothing listens there/,
    );
    await expect(openTestStore('unix:///nowhere/redis.sock')).rejects.toThrow(/nothing listens there/);
  });

  test('somebody listens and says nothing', async () => {
    const sockets: Socket[] = [];
    const mute = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
    await new Promise((resolve) => mute.once('listening', resolve));
    const { port } = mute.address() as AddressInfo; // it listens on TCP
    await expect(openTestStore(`redis://127.0.0.1:${port}`, 1, 300)).rejects.toThrow(ServiceError);
    for (const socket of sockets) socket.destroy();
    mute.close();
  });

  test('a server that freezes is given up, as a time-out', async () => {
    const server = await start();
    const result = await onStore(server.url, busy('60s', '1k/s'), 'gcra', {
      timeoutMs: 300,
      live: { ...logical, awaitStoreMs: 500 },
      onProgress: onceUnderWay(() => server.freeze()),
    });
    expect(result.partial).toBe(true);
    expect(result.results[0].live!.errors.timeout).toBeGreaterThan(0);
  });
});
