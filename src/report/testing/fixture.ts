/** A made-up comparison with the shape of a real one: 100 a minute, an attacker at the window's edge, eight algorithms. */
import { curvePercents } from '../../sim/meters/fairness.ts';
import type { AlgorithmResult, DeploymentFigures, RunResult } from '../../sim/result.ts';

const requests = 48_200;

/** What sets a row apart; the rest is that of a limiter which keeps the window contract exactly. */
interface RowFigures {
  readonly variant?: string;
  readonly params?: AlgorithmResult['params'];
  readonly admitted?: number;
  readonly over?: number;
  readonly needless?: number;
  readonly disagreed?: number;
  readonly worst?: { readonly units: number; readonly atUs: number };
  readonly most?: readonly [in10ms: number, in100ms: number, in1s: number];
  readonly sigma?: number;
  readonly fairness?: Partial<AlgorithmResult['fairness']>;
  readonly latency?: AlgorithmResult['latency'];
  readonly retry?: Partial<AlgorithmResult['retry_after']>;
  readonly bytesPerKey?: number;
  readonly speed?: number;
}

const noDelay = { p50_us: 0, p90_us: 0, p99_us: 0, p999_us: 0, max_us: 0 };

function accuracyOf({
  over = 0,
  needless = 0,
  disagreed = 0,
  worst,
}: RowFigures): AlgorithmResult['accuracy'] {
  const ratio = (count: number) => count / requests;
  return {
    over_admitted: over,
    over_admitted_ratio: ratio(over),
    needless_rejected: needless,
    needless_rejected_ratio: ratio(needless),
    oracle_disagreed: disagreed,
    oracle_disagreed_ratio: ratio(disagreed),
    worst_window_ratio: (worst?.units ?? 100) / 100,
    worst_window_at_us: worst?.atUs ?? 59_120_000,
  };
}

/** Offered and admitted by ten seconds: Poisson with the attack around each minute. */
function timelineOf(admitted: number): AlgorithmResult['timeline'] {
  const offered = Array.from({ length: 60 }, (_, bucket) => (bucket % 6 === 5 ? 1603 : 643));
  const share = admitted / requests;
  return { bucket_us: 10e6, offered, admitted: offered.map((count) => Math.round(count * share)) };
}

/** Shares that rise from those of the least served key to those of the best served one. */
function curveTo(least: number, most: number): number[] {
  return curvePercents.map((percent) => least + ((most - least) * percent) / 100);
}

export function row(algorithm: string, figures: RowFigures = {}): AlgorithmResult {
  const { variant = '', params = {}, admitted = 30_410, bytesPerKey = 16, speed = 95e6 } = figures;
  const [in10ms, in100ms, in1s] = figures.most ?? [100, 100, 100];
  const worst = figures.worst?.units ?? 100;
  return {
    algorithm,
    variant,
    params,
    store: 'virtual',
    topology: 'ideal',
    requests,
    admitted,
    rejected: requests - admitted,
    accuracy: accuracyOf(figures),
    burst: {
      max_in_10ms: in10ms,
      max_in_100ms: in100ms,
      max_in_1s: in1s,
      max_in_window: worst,
      sigma: figures.sigma ?? 100,
      rho_per_s: 100 / 60,
    },
    fairness: {
      jain: 0.642,
      jain_entitled: 1,
      starved_keys: 0,
      longest_starvation_us: 58.2e6,
      curve: { demanded: curveTo(0.3, 1), entitled: curveTo(1, 1) },
      ...figures.fairness,
    },
    latency: figures.latency ?? noDelay,
    retry_after: {
      advised: requests - admitted,
      admitted_when_due_ratio: 1,
      late_p50_us: 0,
      late_p99_us: 0,
      ...figures.retry,
    },
    memory: { bytes_per_key: bytesPerKey, keys: 50, bytes: bytesPerKey * 50 },
    throughput: { decisions_per_s: speed, measured: true },
    timeline: timelineOf(admitted),
  };
}

/** The row as clients of this label have it: 97.5 % of their work done in half as many attempts again. */
export function withClients(algorithm: string, label: string) {
  const offered = 40_000;
  return {
    ...row(algorithm),
    clients: {
      label,
      policy: label.split(' ')[0],
      params: {},
      offered,
      done: 39_000,
      abandoned: 1000,
      goodput_ratio: 0.975,
      goodput_per_s: 65,
      attempts: requests,
      retries: requests - offered,
      retry_ratio: 0.19,
      wasted_cost: 0,
      time_to_done: { ...noDelay, p90_us: 400e3, p99_us: 5.2e6, p999_us: 20e6, max_us: 58e6 },
      backlog_most: 678,
      time_to_clear_us: 12e6,
      dispersion: 109,
      dispersion_offered: 1.02,
      most_in_100ms: 678,
      timeline: { bucket_us: 10e6, offered: [20_000, 20_000], done: [19_000, 20_000], backlog: [678, 0] },
    },
  } satisfies AlgorithmResult;
}

/** Token bucket, leaky bucket and GCRA are one and the same in what they decide. */
const bucketFigures: RowFigures = {
  admitted: 34_890,
  over: 6_240,
  disagreed: 6_990,
  worst: { units: 198, atUs: 118_420_000 },
  fairness: {
    jain: 0.688,
    jain_entitled: 0.981,
    longest_starvation_us: 4.8e6,
    curve: { demanded: curveTo(0.34, 1), entitled: curveTo(0.9, 1.2) },
  },
  retry: { admitted_when_due_ratio: 0.62, late_p50_us: 310e3, late_p99_us: 2.4e6 },
};

export const rows: readonly AlgorithmResult[] = [
  row('fixed-window', {
    params: { align: 'epoch', count_rejected: false },
    admitted: 31_010,
    over: 1_412,
    needless: 824,
    disagreed: 2_310,
    worst: { units: 200, atUs: 59_999_400 },
    sigma: 198.4,
    fairness: { jain: 0.655, jain_entitled: 0.992, longest_starvation_us: 59.1e6 },
    retry: { admitted_when_due_ratio: 0.97, late_p99_us: 59.6e6 },
    speed: 131e6,
  }),
  row('sliding-window-log', {
    params: { edge: 'exclusive', count_rejected: false },
    bytesPerKey: 824,
    speed: 38.2e6,
  }),
  row('sliding-window-counter', {
    params: { sub_windows: 1, count_rejected: false },
    admitted: 30_140,
    over: 14,
    needless: 1_530,
    disagreed: 1_790,
    worst: { units: 104, atUs: 61_730_000 },
    sigma: 103.2,
    fairness: { jain_entitled: 0.998, longest_starvation_us: 60.2e6 },
    retry: { admitted_when_due_ratio: 0.91, late_p50_us: 0, late_p99_us: 1.1e6 },
    bytesPerKey: 24,
    speed: 88e6,
  }),
  row('token-bucket', {
    ...bucketFigures,
    params: { refill: 'continuous', conformance: 'strict' },
    speed: 112e6,
  }),
  row('leaky-bucket', { ...bucketFigures, speed: 109e6 }),
  row('leaky-bucket-queue', {
    ...bucketFigures,
    params: { delay: 0, nodelay: false },
    over: 0,
    disagreed: 9_120,
    worst: { units: 100, atUs: 72_000_000 },
    most: [1, 1, 2],
    sigma: 1,
    latency: { p50_us: 41.3e6, p90_us: 57.8e6, p99_us: 59.2e6, p999_us: 59.4e6, max_us: 59.4e6 },
    speed: 97e6,
  }),
  row('gcra', { ...bucketFigures, bytesPerKey: 8, speed: 140e6 }),
  row('concurrency', {
    admitted: 46_900,
    over: 17_310,
    needless: 12,
    disagreed: 16_502,
    worst: { units: 512, atUs: 179_204_000 },
    most: [38, 164, 331],
    sigma: 447,
    fairness: {
      jain: 0.981,
      jain_entitled: 0.874,
      starved_keys: 1,
      longest_starvation_us: 820e3,
      curve: { demanded: curveTo(0, 1), entitled: curveTo(0, 32) },
    },
    retry: { advised: 0, admitted_when_due_ratio: null, late_p50_us: null, late_p99_us: null },
    bytesPerKey: 48,
    speed: 21e6,
  }),
];

/** The whole comparison; `changes` replace parts of it. */
export function resultOf(changes: Partial<RunResult> = {}): RunResult {
  return {
    schema: 'ratelimit.run/1',
    version: '0.1.0',
    partial: false,
    seed: 1,
    scenario: { name: 'boundary-burst', limit: { limit: 100, period_us: 60e6, burst: 100, per: 'key' } },
    contract: { kind: 'window', limit: 100, window_us: 60e6, per: 'key' },
    traffic: {
      source: 'synthetic',
      format: 'poisson 64/s + edge-attacker',
      requests,
      keys: 50,
      cost: requests,
      duration_us: 600e6,
    },
    results: rows,
    notes: [],
    ...changes,
  };
}

/** The same of a trace whose text tries to be more than data. */
export const hostile = resultOf({
  traffic: {
    source: 'trace',
    format: 'combined log, gzip',
    requests,
    keys: 50,
    cost: 2 * requests,
    duration_us: 600e6,
    lines: { read: 48_203, used: 48_200, skipped: { 'bad time': 2, blank: 1 } },
    malformed: [
      {
        at: 'access.log:12',
        reason: 'bad time',
        text: '\u001b[2J=cmd|<script>alert(1)</script> `id` @everyone',
      },
      { at: 'access.log:90', reason: 'bad time', text: '| a | b | [x](javascript:1) **bold**' },
    ],
  },
  results: [
    rows[0],
    row('token-bucket', { ...bucketFigures, variant: '=refill\u001b]0;x\u0007', bytesPerKey: 24 }),
  ],
  notes: ['Times have whole seconds only and were spread inside their second (--spread uniform).'],
});

/** The same with what was expected of it: one check broken, and texts that try to be more than data. */
export const checked = resultOf({
  checks: [
    {
      expectation: 'fairness.jain_entitled >= 0.95',
      algorithm: 'gcra',
      variant: '',
      field: 'fairness.jain_entitled',
      expected: 'at least 0.95',
      seen: '0.981',
      passed: true,
      reproduce: 'ratelimit check boundary-burst --algorithms gcra --expect "fairness.jain_entitled >= 0.95"',
    },
    {
      expectation: 'accuracy.over_admitted_ratio <= 0.1%',
      algorithm: 'token-bucket',
      variant: '=refill\u001b]0;x\u0007',
      field: 'accuracy.over_admitted_ratio',
      expected: 'at most 0.1 %',
      seen: '12.9 %, <b>100%</b>\n::error::&amp;]]>',
      passed: false,
      reproduce:
        'ratelimit check \'<script>alert(1)</script>\' --expect "accuracy.over_admitted_ratio <= 0.1%"',
      place: { file: 'limits/50%, ü::\n.yaml', line: 9 },
    },
  ],
});

/** The same on deployments that a fault hits, beside the ideal place that none reaches. */
export const deployed = resultOf({
  results: [
    row('gcra', bucketFigures),
    onTopology('central on_error=closed', 31_000, [faultOf('store-outage', { for: '30s' }, 150e6)]),
    onTopology('leased', 30_000, [faultOf('store-outage', { for: '30s' }, 150e6)]),
    onTopology('local', 36_000, [
      faultOf('restart', {}, 130e6),
      faultOf('clock<script>|`**\u001b', {}, null),
      { ...faultOf('partition', { for: '1h' }, 3600e6), during: outcomesOf(0, 0, 0, 0) },
    ]),
  ],
});

function onTopology(
  topology: string,
  admitted: number,
  faults: DeploymentFigures['faults'],
): AlgorithmResult {
  const deployment = {
    topology,
    params: {},
    balance: 'random',
    nodes: { fewest: 4, most: 4 },
    inside: {},
    faults,
  };
  return { ...row('gcra', { ...bucketFigures, admitted }), topology, deployment };
}

function faultOf(
  fault: string,
  params: Record<string, unknown>,
  until_us: number | null,
): DeploymentFigures['faults'][number] {
  const [before, during, after] = [
    outcomesOf(900, 620, 30, 2),
    outcomesOf(910, 910, 290, 0),
    outcomesOf(880, 590, 61, 9),
  ];
  return { fault, params, at_us: 120e6, until_us, before, during, after };
}

function outcomesOf(requests: number, admitted: number, over_admitted: number, needless_rejected: number) {
  return { requests, admitted, over_admitted, needless_rejected };
}

/** Clients of two classes, whose names come from the user; those of the second wanted nothing. */
export const classed = resultOf({
  results: [withClients('gcra', 'none')].map(({ clients, ...row }) => ({
    ...row,
    clients: { ...clients, classes: [classOf('critical', 0.975), classOf('<b>night|ly</b>', null)] },
  })),
});

function classOf(name: string, goodput_ratio: number | null) {
  const [offered, done] = goodput_ratio === null ? [0, 0] : [40_000, 39_000];
  return { name, share_ratio: 0.5, reserve_ratio: 0, offered, done, goodput_ratio, time_to_done: null };
}
