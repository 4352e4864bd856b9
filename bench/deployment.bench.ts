/**
 * The event engine on one core: a central store that four nodes ask over a network with exponential delays; the bare
 * simulation, and all of it with traffic, oracle and meters. Beside it the same system as a SimPy model, where python3 has
 * SimPy. Then clients that retry, and the whole program: six topologies over ten minutes of 5k requests a second.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { parseClients } from '../src/sim/clients/clients.ts';
import { topologyLabel } from '../src/sim/deployment/deployment.ts';
import { InlineEngine } from '../src/sim/engine.ts';
import { inlineDeeply } from '../src/sim/inlining.ts';
import { parseRules } from '../src/sim/rule.ts';
import { run } from '../src/sim/run.ts';
import { scenarioSchema } from '../src/sim/scenario.ts';
import { parseSelections } from '../src/sim/selection.ts';
import { wallClockMs } from '../src/sim/wall-clock.ts';
import { print } from './measure.ts';
import { zipfTraffic } from './traffic-mix.ts';

inlineDeeply();
const requests = Number(process.env.REQUESTS ?? 6e6);

const {
  topologies = [],
  nodes,
  balance,
} = scenarioSchema.parse({
  streams: [{ arrivals: { model: 'poisson', rate: '1/s' } }],
  topologies: [{ topology: 'central', network: { model: 'exponential', mean: '250us' } }],
});
const [place] = topologies;
const deployment = {
  label: topologyLabel(place),
  topology: place.topology,
  fleet: { nodes, balance },
  faults: [],
  seed: 1,
};

async function central(keys: number, count: number, clients?: string): Promise<void> {
  const [selection] = parseSelections('gcra');
  const [chosen] = clients === undefined ? [] : parseClients(clients);
  const plan = {
    rules: parseRules('100/1m'),
    contracts: ['window' as const],
    selections: [{ ...selection, deployment: { ...deployment, ...(chosen && { clients: chosen }) } }],
    context: { epochUs: 0 },
    tenants: [],
  };
  const startedMs = wallClockMs();
  const result = await run({
    name: 'bench',
    version: '0',
    seed: 1,
    plan,
    source: zipfTraffic(count, keys),
    engine: new InlineEngine(plan),
  });
  const name = `central, 4 nodes, ${keys} keys${clients === undefined ? '' : `, ${clients}`}`;
  print(`${name}: nodes, network, store`, result.results[0].throughput.decisions_per_s / 1e6, 'M/s');
  print(
    `${name}: with traffic, oracle, meters`,
    result.results[0].requests / (wallClockMs() - startedMs) / 1e3,
    'M/s',
  );
}

await central(1000, requests);
await central(100_000, requests);
await central(1000, requests / 4, 'none');
await central(1000, requests / 4, 'exponential');
for (const times of [1, 4]) {
  globalThis.gc?.();
  const beforeMiB = process.memoryUsage().rss / 2 ** 20;
  await central(1000, requests * times);
  globalThis.gc?.();
  print(`memory it grew by, ${times} times the run`, process.memoryUsage().rss / 2 ** 20 - beforeMiB, 'MiB');
}

const simpy = spawnSync('python3', ['bench/simpy_model.py'], { encoding: 'utf8' });
if (simpy.status === 0) print('the same system in SimPy', Number(simpy.stdout) / 1e6, 'M/s');
else process.stdout.write('SimPy is not installed: pip install simpy\n');

const startedMs = wallClockMs();
execFileSync(
  'bin/ratelimit',
  [
    ...[
      'compare',
      '--rate',
      '5k/s',
      '--keys',
      '10k',
      '--duration',
      '10m',
      '--limit',
      '100/1m',
      '--no-tui',
      '--quiet',
    ],
    ...['--algorithms', 'gcra', '--topologies', 'central,local,local:split=even,synced,gossip,leased'],
  ],
  { stdio: 'ignore' },
);
print('six topologies, ten minutes of 5k/s', (wallClockMs() - startedMs) / 1e3, 's');
