import { describe, expect, test } from 'vitest';
import { resultOf, row } from '../report/testing/fixture.ts';
import { spreadOf } from '../sim/repeated.ts';
import type { AlgorithmResult, RunResult } from '../sim/result.ts';
import { baselineNotes, checkBaseline, refuseUnlike } from './baseline.ts';
import { parseTolerance } from './tolerance.ts';

const saved = resultOf({ results: [row('gcra', { over: 100 }), row('fixed-window')] });

/** What is broken, as `algorithm field: expected -> seen`. */
function broken(now: RunResult, run = saved, ...tolerances: string[]): string[] {
  const baseline = { path: 'base.json', run, tolerances: tolerances.map(parseTolerance), reproduce: 'again' };
  return checkBaseline(now, baseline)
    .filter(({ passed }) => !passed)
    .map(({ algorithm, field, expected, seen }) => `${algorithm} ${field}: ${expected} -> ${seen}`.trim());
}

describe('what the seed decides', () => {
  test('is equal in the same run: one check for the traffic and one for each row', () => {
    const checks = checkBaseline(saved, {
      path: 'base.json',
      run: saved,
      tolerances: [],
      reproduce: 'again',
    });
    expect(checks.map(({ algorithm, field, passed }) => [algorithm, field, passed])).toEqual([
      ['', '*', true],
      ['gcra', '*', true],
      ['fixed-window', '*', true],
    ]);
  });

  const one = resultOf({ results: [row('gcra', { over: 101 }), row('fixed-window')] });
  const count = 'gcra accuracy.over_admitted: 100 -> 101';
  const share = 'gcra accuracy.over_admitted_ratio: 0.207468879668% -> 0.209543568465%';

  test('is broken by one more, in either direction', () => {
    expect(broken(one)).toEqual([count, share]);
    expect(broken(saved, one)).toHaveLength(2);
  });

  test.each([
    [['accuracy.over_admitted=1%'], 1],
    [['accuracy.*=1%'], 0],
    [['*=1%'], 0],
    [['*=0.9%'], 2],
    [['*=1%', 'accuracy.over_admitted=0'], 1], // the last one that speaks of it
    [['latency.p99=50%'], 2],
  ])('with %j, %i figures are broken', (tolerances, figures) => {
    expect(broken(one, saved, ...tolerances)).toHaveLength(figures);
  });

  test('speed alone breaks nothing, and it is said that it was not judged', () => {
    const slow = resultOf({ results: [row('gcra', { over: 100, speed: 1 }), row('fixed-window')] });
    expect(broken(slow)).toEqual([]);
    expect(baselineNotes(slow, { path: 'base.json', run: saved, tolerances: [], reproduce: '' })).toEqual([
      'Measured figures were not held against base.json: that takes 5 runs or more in both (--runs 5).',
    ]);
  });

  test('rows and parameters', () => {
    const now = resultOf({
      results: [row('gcra', { over: 100, params: { tolerance: '1s' } }), row('token-bucket')],
    });
    expect(broken(now)).toEqual([
      'gcra params:  -> tolerance=1s',
      'fixed-window algorithm: fixed-window -> no such row',
    ]);
    expect(baselineNotes(now, { path: 'base.json', run: saved, tolerances: [], reproduce: '' })[0]).toBe(
      'token-bucket is not in base.json and was not compared.',
    );
  });

  test('under other traffic only that is told: all figures follow from it', () => {
    const now = resultOf({ ...one, traffic: { ...saved.traffic, requests: 48_201 } });
    expect(broken(now)).toEqual(['traffic.requests: 48200 -> 48201']);
    expect(broken(now, saved, 'traffic.*=1%')).toEqual([count, share]);
  });

  test('a figure that appeared or is gone', () => {
    const gone = resultOf({
      results: [row('gcra', { over: 100, retry: { late_p50_us: null } }), row('fixed-window')],
    });
    expect(broken(gone)).toEqual(['gcra retry_after.late_p50_us: 0s -> nothing']);
    expect(broken(saved, gone)).toEqual(['gcra retry_after.late_p50_us: nothing -> 0s']);
  });

  test.each([
    [
      'another limit',
      { scenario: { ...saved.scenario, limit: { ...saved.scenario.limit, limit: 50 } } },
      /limit 100\/1m, and this run has 50\/1m,burst=100/,
    ],
    ['another seed', { seed: 2 }, /seeds 1, and this run has 2/],
    ['other seeds', { runs: { count: 2, seeds: [1, 2] } }, /seeds 1, and this run has 1, 2/],
    ['another scenario', { scenario: { ...saved.scenario, name: 'x' } }, /scenario boundary-burst, and/],
  ])('%s is refused', (_, change, message) => {
    const now = resultOf({ results: saved.results, ...change });
    expect(() => refuseUnlike(now, { path: 'base.json', run: saved })).toThrow(message);
  });

  test('half a run is no baseline', () => {
    const half = { path: 'base.json', run: resultOf({ partial: true }) };
    expect(() => refuseUnlike(saved, half)).toThrow(/the run was interrupted/);
  });
});

describe('what the machine decides', () => {
  const runs = { count: 6, seeds: [1, 2, 3, 4, 5, 6] };

  /** A run over six seeds whose speeds are these. */
  function atSpeeds(...speeds: number[]): RunResult {
    const spread = { 'throughput.decisions_per_s': spreadOf(speeds)! };
    const measured: AlgorithmResult = { ...row('gcra'), runs: spread };
    return resultOf({ runs, results: [measured] });
  }
  const fast = atSpeeds(100, 104, 98, 101, 103, 97);

  test.each([
    ['noise', atSpeeds(99, 105, 97, 103, 100, 96), []],
    ['faster', atSpeeds(140, 144, 138, 141, 143, 137), []],
    [
      '20 % slower',
      atSpeeds(80, 83, 78, 81, 82, 77),
      [
        expect.stringMatching(
          /^gcra throughput\.decisions_per_s: 100\.5, lower by 10% at most -> 80\.5: -19\.9%, by chance in/,
        ),
      ],
    ],
  ])('%s', (_, now, expected) => expect(broken(now, fast)).toEqual(expected));

  /** What a run on a real store by the wall clock adds to a row; no figure but the first matters here. */
  const live = {
    time: 'wall',
    measured: true,
    server: 'a store',
    speed: 1,
    in_flight: 1,
    connections: 1,
    decision_latency: null,
    schedule_slip: null,
    cpu_us_per_decision: null,
    commands_per_decision: null,
    bytes_in_per_decision: null,
    bytes_out_per_decision: null,
    memory_bytes_per_key: null,
    reported_bytes_per_key: null,
    evicted_keys: null,
    capacity_units_per_decision: null,
    errors: {},
    on_store_error: 'closed',
    without_store: { requests: 0, admitted: 0, over_admitted: 0, needless_rejected: 0 },
  } as const;

  test('by the wall clock every figure is measured', () => {
    const at = (over: number) => resultOf({ results: [{ ...row('gcra', { over }), live }] });
    expect(broken(at(120), at(100))).toEqual([]);
    const runsOf = (...counts: number[]) => {
      const spread = { 'accuracy.over_admitted': spreadOf(counts)! };
      return resultOf({ runs, results: [{ ...row('gcra'), live, runs: spread }] });
    };
    const before = runsOf(100, 102, 98, 101, 99, 103);
    expect(broken(runsOf(104, 99, 97, 103, 100, 98), before)).toEqual([]);
    expect(broken(runsOf(204, 199, 197, 203, 200, 198), before)).toHaveLength(1);
  });

  test('the tolerance is the largest change that is let pass', () => {
    expect(broken(atSpeeds(80, 83, 78, 81, 82, 77), fast, 'throughput.*=30%')).toEqual([]);
  });
});
