import { describe, expect, test } from 'vitest';
import { UsageError } from '../errors.ts';
import { stream } from '../traffic/random.ts';
import { parseCalibration } from './calibration.ts';
import { modelledLatency, StoreModel } from './store-model.ts';

const constant = (us: number) => new Array<number>(101).fill(us);

describe('the model of a store', () => {
  test('with nobody before it a decision takes what it takes alone', () => {
    const model = new StoreModel({ unloaded_us: constant(90), service_us: 10 }, stream(1, 'test'));
    expect([0, 1000, 2000].map((nowUs) => model.latencyUs(nowUs))).toEqual([90, 90, 90]);
  });

  test('three at once are served one after another', () => {
    const model = new StoreModel({ unloaded_us: constant(90), service_us: 10 }, stream(1, 'test'));
    expect([0, 0, 0, 100].map((nowUs) => model.latencyUs(nowUs))).toEqual([90, 100, 110, 90]);
  });

  test('constant service and Poisson arrivals: the P90, P95 and P99 of waiting in M/D/1 (Crommelin)', () => {
    const row = { unloaded_us: constant(1000), service_us: 1000 };
    const latency = modelledLatency(row, 800, 1_000_000, 1); // load 0.8; the wait is what goes beyond the service
    const { p50Us, p90Us, p99Us } = latency.quantiles()!;
    expect((p50Us - 1000) / 1275.9).toBeCloseTo(1, 1);
    expect((p90Us - 1000) / 5011.5).toBeCloseTo(1, 1);
    expect((p99Us - 1000) / 10_355.9).toBeCloseTo(1, 1);
  });

  test('the unloaded time is drawn between the measured percents', () => {
    const percents = Array.from({ length: 101 }, (_, percent) => 100 + percent);
    const model = new StoreModel({ unloaded_us: percents, service_us: 1 }, stream(1, 'test'));
    const drawn = Array.from({ length: 10_000 }, (_, at) => model.latencyUs(at * 1e6)).sort((a, b) => a - b);
    expect(drawn[0]).toBeGreaterThanOrEqual(100);
    expect(drawn[5000]).toBeCloseTo(150, -1);
    expect(drawn[9999]).toBeLessThanOrEqual(200);
  });
});

describe('a calibration file', () => {
  test.each([
    ['{', /cal\.json: is not JSON/],
    ['{}', /cal\.json: is not a calibration .*: schema/],
    [JSON.stringify({ schema: 'ratelimit.calibration/1', version: '1' }), /: server: /],
  ])('%s is refused with the field', (text, message) => {
    expect(() => parseCalibration(text, 'cal.json')).toThrow(UsageError);
    expect(() => parseCalibration(text, 'cal.json')).toThrow(message);
  });
});
