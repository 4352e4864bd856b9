import { describe, expect, test } from 'vitest';
import { figurePaths, findFigure, isMeasured, parseFigure, readFigure, spellFigure } from './figure.ts';
import { planOf, runOn, streamed } from './testing/runs.ts';

const stream = {
  arrivals: { model: 'poisson', rate: '100/s' },
  keys: { model: 'uniform', count: 5 },
} as const;
const result = await runOn(streamed(stream, '3s'), planOf('10/1s'));

/** The paths of all numbers that are in the data itself. */
function numbersIn(value: object, prefix = ''): string[] {
  return Object.entries(value).flatMap(([name, field]: [string, unknown]) => {
    if (typeof field === 'number') return [prefix + name];
    const nested = typeof field === 'object' && field !== null && !Array.isArray(field) && name !== 'params';
    return nested ? numbersIn(field, `${prefix}${name}.`) : [];
  });
}

describe('figures', () => {
  test('every number of a row and of the traffic has a path that reads it', () => {
    for (const path of result.results.flatMap((row) => numbersIn(row))) {
      expect(figurePaths()).toContain(path);
      expect(readFigure(result.results[0], path)).toBeTypeOf('number');
    }
    expect(numbersIn(result.traffic, 'traffic.').filter((path) => !figurePaths().includes(path))).toEqual([]);
    expect(readFigure(result, 'traffic.requests')).toBe(result.traffic.requests);
  });

  test('a figure that does not exist is null', () => {
    expect(readFigure(result.results[0], 'no.such.figure')).toBeNull();
  });

  test('only what the machine decides is measured', () => {
    const measured = figurePaths().filter((path) => isMeasured(result.results[0], path));
    expect(measured).toEqual(['throughput.decisions_per_s']);
  });

  test.each([
    ['latency.p99', 'latency.p99_us'],
    ['accuracy.over_admitted', 'accuracy.over_admitted'],
    ['accuracy.worst_window', 'accuracy.worst_window_ratio'],
    ['throughput.decisions', 'throughput.decisions_per_s'],
    ['traffic.duration', 'traffic.duration_us'],
  ])('%s is %s', (name, path) => expect(findFigure(name)).toBe(path));

  test.each([
    ['fairness.jian', /did you mean "fairness\.jain"\? fairness has jain, jain_entitled, /],
    ['latency.p98', /latency has p50_us, p90_us, p99_us/],
    ['speed', /there are requests, .*accuracy\.…/],
    ['algorithm', /no figure is called "algorithm"/],
  ])('%s is refused with names that are near', (name, message) => {
    expect(() => findFigure(name)).toThrow(message);
  });

  test.each([
    ['latency.p99_us', '5ms', 5000],
    ['latency.p99_us', '0', 0],
    ['accuracy.over_admitted_ratio', '0.1%', 0.001],
    ['accuracy.worst_window_ratio', '1.2', 1.2],
    ['fairness.jain', '95%', 0.95],
    ['memory.bytes', '1.5GiB', 1.5 * 2 ** 30],
    ['memory.bytes_per_key', '64', 64],
    ['live.memory_bytes_per_key', '1KiB', 1024],
    ['accuracy.over_admitted', '1.5k', 1500],
    ['throughput.decisions_per_s', '5M', 5e6],
    ['burst.rho_per_s', '90/1m', 1.5],
  ])('%s of %s is %d', (path, text, value) => expect(parseFigure(path, text)).toBe(value));

  test.each([
    ['latency.p99_us', '5', /"5" is not a duration/],
    ['latency.p99_us', '5%', /not a duration/],
    ['accuracy.over_admitted_ratio', '5ms', /not a share/],
    ['accuracy.over_admitted', '1%', /not a number/],
    ['memory.bytes', '5 parsecs', /not a size/],
  ])('%s of %s is refused', (path, text, message) => {
    expect(() => parseFigure(path, text)).toThrow(message);
  });

  test('what is spelled reads back', () => {
    for (const [path, value] of [
      ['latency.p99_us', 59_400_123],
      ['accuracy.over_admitted_ratio', 0.0714],
      ['fairness.jain', 0.987654321],
    ] as const) {
      expect(parseFigure(path, spellFigure(path, value))).toBe(value);
    }
  });
});
