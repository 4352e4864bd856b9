import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PlanResult } from '../../src/plan/result.ts';
import type { RunResult } from '../../src/sim/result.ts';
import { ratelimit, temporaryFolder } from '../cli/program.ts';

const traffic = ['--limit', '100/1m', '--algorithms', 'gcra'];
const rate = 500;

async function done(...args: string[]): Promise<string> {
  const { stdout, stderr, code } = await ratelimit(args);
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}: ${stderr}`);
  return stdout;
}

/** Time is the machine's, so it is reported and not judged: how near they are is in docs/plan.md. */
test('what is planned and what is measured on the same Redis stand side by side', async () => {
  const folder = temporaryFolder('predicted');
  const [calibration, run] = [join(folder, 'calibration.json'), join(folder, 'run.json')];
  await done('calibrate', 'redis:embedded', '--algorithms', 'gcra', '--output', calibration, '--quiet');
  const planned: PlanResult = JSON.parse(
    await done(
      ...['plan', ...traffic, '--rps', `${rate}`, '--keys', '1k', '--popularity', 'uniform', '--json'],
      ...['--calibration', calibration, '--replicas', '0', '--head-room', 'round_trip_us=0'],
    ),
  );
  await done(
    ...['compare', ...traffic, '--rate', `${rate}/s`, '--keys', '1k', '--duration', '3s', '--quiet'],
    ...['--store', 'redis:embedded', '--time', 'wall', '--output', run],
  );
  const predicted = planned.rows[0].latency!;
  const { latency: measured, requests } = (JSON.parse(readFileSync(run, 'utf8')) as RunResult).results[0];
  process.stdout.write(
    `${rate} decisions a second of gcra, in µs\n` +
      `predicted  P50 ${predicted.p50_us}, P99 ${predicted.p99_us}\n` +
      `measured   P50 ${measured.p50_us}, P99 ${measured.p99_us}\n`,
  );
  expect(planned.rows[0]).toMatchObject({ shards: 1, load: { decisions_per_s: rate } });
  expect(requests).toBeGreaterThan(rate);
  for (const { p50_us, p99_us } of [predicted, measured]) {
    expect(p50_us).toBeGreaterThan(0);
    expect(p99_us).toBeGreaterThanOrEqual(p50_us);
  }
}, 120_000);
