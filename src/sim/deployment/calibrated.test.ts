import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../errors.ts';
import { stream } from '../../traffic/random.ts';
import type { CalibratedRow } from '../calibration.ts';
import { prepareOn } from '../prepare.ts';
import { scenarioSchema } from '../scenario.ts';
import { select } from '../selection.ts';
import { StoreModel } from '../store-model.ts';
import { ListedTraffic, runOn } from '../testing/runs.ts';
import { calibratedStore } from './calibrated.ts';
import { requestsEvery } from './testing.ts';

/** Decisions alone take 100 to 300 µs, evenly spread, of which a quarter keeps the store busy. */
const row: CalibratedRow = {
  algorithm: 'gcra',
  variant: '',
  params: {},
  unloaded_us: Array.from({ length: 101 }, (_, percent) => 100 + percent * 2),
  service_us: 50,
  saturation_per_s: 20_000,
  cpu_us_per_decision: null,
  commands_per_decision: null,
  bytes_in_per_decision: null,
  bytes_out_per_decision: null,
  memory_bytes_per_key: null,
  reported_bytes_per_key: null,
};
const calibration = {
  schema: 'ratelimit.calibration/1',
  version: '0',
  server: 'Redis',
  measured_at: '2026-01-01T00:00:00Z',
  limit: '100/1m',
  in_flight: 256,
  round_trip_us: row.unloaded_us,
  rows: [row],
};

const folder = mkdtempSync(join(tmpdir(), 'ratelimit-calibrated-'));
function saved(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}
const file = saved('calibration.json', calibration);

/** One request every `every` on the store of the file. */
async function resultOf(topology: string, every: string, count: number) {
  const scenario = scenarioSchema.parse({
    limit: '1M/1s',
    algorithms: ['gcra'],
    topologies: [topology],
    streams: [{ arrivals: { model: 'poisson', rate: '1/s' } }],
  });
  const source = new ListedTraffic(requestsEvery(every, count));
  const { plan } = prepareOn(source, { name: 'test', scenario }, {});
  return (await runOn(source, plan)).results[0];
}

describe('a store that was measured', () => {
  test('takes for a decision alone what it took', async () => {
    const { latency } = await resultOf(`central:calibration=${file}`, '10ms', 20_000);
    expect(latency.p50_us).toBeGreaterThan(194);
    expect(latency.p50_us).toBeLessThan(206);
    expect(latency.p99_us).toBeGreaterThan(280);
    expect(latency.p99_us).toBeLessThan(300);
  });

  test('makes decisions wait as the store model does at the same load', async () => {
    const { latency, deployment } = await resultOf(`central:calibration=${file}`, '60us', 50_000);
    const model = new StoreModel(row, stream(1, 'test'));
    const waits = Array.from({ length: 50_000 }, (_, at) => model.latencyUs(at * 60));
    const mean = waits.reduce((sum, us) => sum + us, 0) / waits.length;
    expect(deployment?.inside.store_utilisation).toBeCloseTo(50 / 60, 2);
    expect(Math.abs(latency.p50_us / mean - 1)).toBeLessThan(0.15);
  });

  test('a row says which file, and not what it replaces', async () => {
    const { topology, deployment } = await resultOf(`central:calibration=${file}`, '10ms', 1);
    expect(topology).toBe(`central calibration=${file}`);
    expect(deployment?.params).toMatchObject({ calibration: file });
    expect(deployment?.params).not.toHaveProperty('network');
  });

  test('the row of the variant is taken, else that of the plain algorithm', () => {
    const slow = { ...row, variant: 'x', unloaded_us: row.unloaded_us.map((us) => us * 10) };
    const both = saved('variants.json', { ...calibration, rows: [row, slow] });
    const share = (variant: string) =>
      calibratedStore(both, { algorithm: 'gcra', variant, params: {} }).back as { percentilesUs: number[] };
    expect(share('x').percentilesUs[0]).toBeGreaterThan(5 * share('').percentilesUs[0]);
    expect(share('other')).toEqual(share(''));
  });
});

describe('what is wrong is named with its file', () => {
  const gcra = select('gcra', {});
  test.each([
    ['no file', join(folder, 'missing.json'), 'missing.json: there is no such file'],
    ['no JSON', saved('text.json', 'hello'), 'text.json: is not JSON'],
    [
      'a field',
      saved('field.json', { ...calibration, rows: [{ ...row, service_us: 'fast' }] }),
      'rows.0.service_us',
    ],
    [
      'no row',
      saved('rows.json', { ...calibration, rows: [{ ...row, algorithm: 'fixed-window' }] }),
      'there are fixed-window',
    ],
  ])('%s', (_, path, message) => {
    expect(() => calibratedStore(path, gcra)).toThrow(UsageError);
    expect(() => calibratedStore(path, gcra)).toThrow(message);
  });

  test('both a calibration and what it says', async () => {
    await expect(resultOf(`central:calibration=${file}:service=1ms`, '1s', 1)).rejects.toThrow(
      'central: service: the calibration says that',
    );
  });
});
