/**
 * One row of a comparison on one core: the bare decide loop, and the whole pipeline of traffic, oracle, decisions and all
 * meters. 100k Zipf(1) keys, 10 minutes at 100/1m.
 */
import { InlineEngine } from '../src/sim/engine.ts';
import { inlineDeeply } from '../src/sim/inlining.ts';
import { parseRules } from '../src/sim/rule.ts';
import { run } from '../src/sim/run.ts';
import { parseSelections } from '../src/sim/selection.ts';
import { wallClockMs } from '../src/sim/wall-clock.ts';
import { print } from './measure.ts';
import { zipfTraffic } from './traffic-mix.ts';

inlineDeeply();
const requests = Number(process.env.REQUESTS ?? 20e6);
const algorithms =
  process.env.ALGORITHMS ??
  'gcra,token-bucket,fixed-window,leaky-bucket,leaky-bucket-queue,sliding-window-counter,sliding-window-log,token-bucket:refill=interval,fixed-window:align=first,sliding-window-counter:sub_windows=10';

for (const selection of parseSelections(algorithms)) {
  const plan = {
    rules: parseRules('100/1m'),
    contracts: ['window' as const],
    selections: [selection],
    context: { epochUs: 0 },
    tenants: [],
  };
  const startedMs = wallClockMs();
  const engine = new InlineEngine(plan);
  const result = await run({
    name: 'bench',
    version: '0',
    seed: 1,
    plan,
    source: zipfTraffic(requests),
    engine,
  });
  const name = `${selection.algorithm} ${selection.variant}`.trim();
  print(`${name}: decide`, result.results[0].throughput.decisions_per_s / 1e6, 'M/s');
  print(
    `${name}: traffic + oracle + decide + meters`,
    result.traffic.requests / (wallClockMs() - startedMs) / 1e3,
    'M/s',
  );
}
