/**
 * One row of a comparison on one core: the bare decide loop, and the whole pipeline of traffic, oracle, decisions and all
 * meters. 100k Zipf(1) keys, 10 minutes at 100/1m. Each row has a process of its own, as a comparison of it alone would: in
 * one process the compiler mixes the loops of the rows before into those of the next.
 */
import { execFileSync } from 'node:child_process';
import { InlineEngine } from '../src/sim/engine.ts';
import { inlineDeeply } from '../src/sim/inlining.ts';
import { parseRules } from '../src/sim/rule.ts';
import { run } from '../src/sim/run.ts';
import { parseSelections, type Selection } from '../src/sim/selection.ts';
import { wallClockMs } from '../src/sim/wall-clock.ts';
import { print } from './measure.ts';
import { zipfTraffic } from './traffic-mix.ts';

inlineDeeply();
const requests = Number(process.env.REQUESTS ?? 100e6);
const rows =
  'gcra,token-bucket,fixed-window,leaky-bucket,leaky-bucket-queue,sliding-window-counter,sliding-window-log,token-bucket:refill=interval,fixed-window:align=first,sliding-window-counter:sub_windows=10';
const selections = parseSelections(process.env.ALGORITHMS ?? rows);

if (selections.length === 1) await measure(selections[0]);
else for (const row of (process.env.ALGORITHMS ?? rows).split(',')) measureApart(row);

function measureApart(row: string): void {
  const [, bench] = process.argv;
  execFileSync(process.execPath, [...process.execArgv, bench], {
    env: { ...process.env, ALGORITHMS: row },
    stdio: 'inherit',
  });
}

async function measure(selection: Selection): Promise<void> {
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
