import { afterAll, beforeAll } from 'vitest';
import type { Store } from '../store.ts';
import { TestMemcached } from '../testing/servers.ts';
import { describeTwins } from '../testing/twins.ts';
import { openMemcached } from './index.ts';

let server: TestMemcached;
let store: Store;

beforeAll(async () => {
  server = await TestMemcached.start();
  store = await openMemcached(server.url, { timeoutMs: 10_000, connections: 1 });
});

afterAll(async () => {
  await store?.close();
  await server?.stop();
});

describeTwins(
  () => store,
  ({ algorithm, quota, params, epochUs }) =>
    algorithm.memcached?.(quota, algorithm.params.parse(params), { epochUs }) ?? {},
  10,
);
