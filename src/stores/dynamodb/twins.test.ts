import { afterAll, beforeAll } from 'vitest';
import { quotas } from '../../algorithms/testing/cases.ts';
import type { Store } from '../store.ts';
import { testPrefix } from '../testing/rows.ts';
import { TestDynamodb } from '../testing/servers.ts';
import { describeTwins } from '../testing/twins.ts';
import { openDynamodb } from './index.ts';

let server: TestDynamodb;
let store: Store;

beforeAll(async () => {
  server = await TestDynamodb.start();
  store = await openDynamodb(server.url, { prefix: testPrefix, timeoutMs: 10_000, env: {} });
});

afterAll(async () => {
  await store?.close();
  await server?.stop();
});

describeTwins(
  () => store,
  ({ algorithm, quota, params, epochUs }) => {
    const ways = algorithm.dynamodb?.(quota, algorithm.params.parse(params), { epochUs });
    if (!ways || quota === quotas[0].quota) return ways ?? {};
    return { atomic: ways.atomic }; // the others take the steps that Memcached's tests take for every quota
  },
  4,
);
