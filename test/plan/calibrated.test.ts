import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PlanResult } from '../../src/plan/result.ts';
import { parseCalibration } from '../../src/sim/calibration.ts';
import { ratelimit, temporaryFolder } from '../cli/program.ts';

async function done(...args: string[]): Promise<string> {
  const { stdout, stderr, code } = await ratelimit(args);
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}: ${stderr}`);
  return stdout;
}

/** How near a plan is to the store itself is for `ratelimit validate-model` to say: time is the machine's. */
test('a plan stands on what was calibrated: CPU at its rate, and while the store is idle the time of a decision alone', async () => {
  const file = join(temporaryFolder('calibrated'), 'calibration.json');
  await done('calibrate', 'redis:embedded', '--algorithms', 'gcra', '--output', file, '--quiet');
  const [{ service_us, unloaded_us }] = parseCalibration(readFileSync(file, 'utf8'), file).rows;
  const ratePerSecond = 0.01 * (1e6 / service_us);
  const { rows }: PlanResult = JSON.parse(
    await done(
      ...['plan', '--limit', '100/1m', '--algorithms', 'gcra', '--rps', `${Math.round(ratePerSecond)}`],
      ...['--keys', '1k', '--popularity', 'uniform', '--replicas', '0', '--json'],
      ...['--calibration', file, '--head-room', 'round_trip_us=0'],
    ),
  );
  expect(rows[0]).toMatchObject({ shards: 1, load: { cpu_ratio: expect.closeTo(0.01, 3) } });
  const { p50_us, p99_us } = rows[0].latency!; // a store that is idle has one
  expect(p50_us).toBeGreaterThanOrEqual(Math.floor(unloaded_us[45]));
  expect(p50_us).toBeLessThanOrEqual(Math.ceil(unloaded_us[60]));
  expect(p99_us).toBeGreaterThanOrEqual(Math.floor(unloaded_us[98]));
}, 120_000);
