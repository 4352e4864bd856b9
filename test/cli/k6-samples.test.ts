/** The generated tests in k6/samples, on the k6 that is installed: a right limiter passes each, one of twice the limit fails. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { startRlsTarget } from '../../src/loadtest/testing/rls-target.ts';
import { startTarget, type Target } from '../../src/loadtest/testing/target.ts';
import { type K6Run, k6Path, runK6 } from '../k6.ts';
import { temporaryFolder } from './program.ts';

const minutes = 60_000;

beforeAll(() => {
  k6Path();
}, 15 * minutes); // the first time, k6 is built

const overHttp = (limit: string) => startTarget({ algorithm: 'token-bucket', limit });
const samples: readonly (readonly [
  name: string,
  start: (limit: string) => Promise<Target>,
  right: string,
  doubled: string,
])[] = [
  ['exact', overHttp, '5/1s', '10/1s'],
  ['rate', overHttp, '10/5s', '20/5s'],
  ['rls', (limit) => startRlsTarget('token-bucket', limit), '10/5s', '20/5s'],
];

/** Runs a copy: k6 writes its results beside the script. */
async function run(name: string, target: Target): Promise<K6Run> {
  const folder = temporaryFolder(name);
  cpSync(join('k6', 'samples', name), folder, { recursive: true });
  return runK6(folder, { RL_TARGET: target.url }).finally(() => target.close());
}

describe.concurrent.each(samples)('%s', (name, start, right, doubled) => {
  test('passes a right limiter', { timeout: 10 * minutes }, async () => {
    const { summary, stderr } = await run(name, await start(right));
    expect({ judged: summary.judged.filter(({ ok }) => !ok), stderr }).toEqual({ judged: [], stderr: '' });
    expect(summary.verdict).toBe('passed');
  });

  test('fails twice the limit', { timeout: 10 * minutes }, async () => {
    const { summary } = await run(name, await start(doubled));
    expect(summary.verdict).toBe('failed');
  });
});
