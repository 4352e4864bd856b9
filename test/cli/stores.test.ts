/** The comparison on stores without scripts, through the real program. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestDynamodb, TestMemcached } from '../../src/stores/testing/servers.ts';
import { ratelimit } from './program.ts';

let memcached: TestMemcached;
let dynamodb: TestDynamodb;

beforeAll(async () => {
  memcached = await TestMemcached.start();
  dynamodb = await TestDynamodb.start();
});

afterAll(async () => {
  await memcached?.stop();
  await dynamodb?.stop();
});

const rows = ['--algorithms', 'fixed-window,token-bucket,token-bucket:refill=interval,gcra'];
const traffic = ['--rate', '150/s', '--keys', '10', '--limit', '10/1s', '--duration', '2s'];

async function compared(...flags: string[]) {
  const { code, stdout, stderr } = await ratelimit(['compare', ...traffic, ...flags, '--json']);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

interface Row {
  readonly algorithm: string;
  readonly admitted: number;
  readonly accuracy: object;
  readonly retry_after: object;
}

const decided = ({ results }: { readonly results: readonly Row[] }) =>
  results.map(({ algorithm, admitted, accuracy, retry_after }) => ({
    algorithm,
    admitted,
    accuracy,
    retry_after,
  }));

test.each([
  ['memcached', () => memcached.url],
  ['dynamodb', () => dynamodb.url],
])('%s decides as the virtual clock does', async (kind, address) => {
  const result = await compared(...rows, '--store', address());
  expect(decided(result)).toEqual(decided(await compared(...rows)));
  for (const { store, live } of result.results) {
    expect(store).toBe(kind);
    expect(live.commands_per_decision).toBeGreaterThanOrEqual(1);
    if (kind === 'dynamodb') expect(live.capacity_units_per_decision).toBeGreaterThanOrEqual(1);
  }
});

test('nothing is left in Memcached', async () => {
  expect(await memcached.ask('stats')).toContain('STAT curr_items 0');
});

test('a way that there is not is named, with those that there are', async () => {
  const flags = ['--algorithms', 'gcra:access=incr', '--store', memcached.url];
  const { code, stderr } = await ratelimit(['compare', ...traffic, ...flags]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/access=incr is no way to ask memcached;.* there are atomic, all, get-then-set/);
});
