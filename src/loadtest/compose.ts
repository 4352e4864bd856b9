/** A stack for Docker Compose: the service, its Redis, and k6 with the test. */
import { stringify } from 'yaml';
import { algorithms } from '../algorithms/index.ts';
import { UsageError } from '../errors.ts';
import { packageRoot } from '../package-root.ts';
import { type Rule, spellRules } from '../sim/rule.ts';
import type { Selection } from '../sim/selection.ts';
import { type Carrier, carriesAddress } from './carrier.ts';
import { k6Image, manner } from './kubernetes.ts';
import type { TestOptions } from './test-plan.ts';

const port = 8080;
const program = '/usr/local/lib/ratelimit';

/** compose.yaml. Throws UsageError where `ratelimit serve` could not be the target of the test. */
export function composeFile(
  [selection, ...others]: readonly Selection[],
  rules: readonly Rule[],
  options: TestOptions,
): string {
  refuseOtherTargets(selection, others, options);
  const services = { redis, limiter: limiter(selection, rules, options.sendKey), k6: k6(options) };
  return stringify({ services }, manner);
}

const redis = {
  image: 'redis:7-alpine',
  command: ['redis-server', '--save', '', '--appendonly', 'no'],
  healthcheck: { test: ['CMD', 'redis-cli', 'ping'], interval: '1s', retries: 30 },
};

function limiter({ algorithm, params }: Selection, rules: readonly Rule[], sendKey: Carrier) {
  const given = Object.entries(params).flatMap(([name, value]) => ['--param', `${name}=${value}`]);
  const asksItself = `fetch('http://127.0.0.1:${port}/ready').then(r => process.exit(r.ok ? 0 : 1))`;
  return {
    image: 'node:20-slim',
    command: literal([
      ...[`${program}/bin/ratelimit`, 'serve', '--host', '0.0.0.0', '--port', `${port}`],
      ...['--algorithm', algorithm, ...given, '--limit', spellRules(rules)],
      ...['--key', keyPlaceOf(sendKey), '--store', 'redis://redis:6379'],
    ]),
    volumes: [
      { type: 'bind', source: `\${RATELIMIT_HOME:-${packageRoot()}}`, target: program, read_only: true },
    ],
    depends_on: { redis: { condition: 'service_healthy' } },
    healthcheck: { test: ['CMD', 'node', '-e', asksItself], interval: '1s', retries: 30 },
  };
}

function k6({ latency }: TestOptions) {
  return {
    image: k6Image,
    user: '0:0', // it writes its results into this folder
    working_dir: '/test',
    command: ['run', '--out', 'json=results.json.gz', 'script.js'],
    environment: {
      RL_TARGET: `http://limiter:${port}/`,
      ...(latency.length > 0 && { RL_FLOOR_TARGET: `http://limiter:${port}/health` }),
      K6_NO_USAGE_REPORT: 'true',
    },
    volumes: [{ type: 'bind', source: '.', target: '/test' }],
    depends_on: { limiter: { condition: 'service_healthy' } },
  };
}

/** Compose puts variables in for what follows a $. */
function literal(words: readonly string[]): string[] {
  return words.map((word) => word.replaceAll('$', '$$$$'));
}

function refuseOtherTargets(selection: Selection, others: readonly Selection[], options: TestOptions): void {
  if (others.length > 0)
    throw new UsageError('--docker-compose: one algorithm can serve; name it with --algorithms gcra');
  if (!algorithms.some(({ name }) => name === selection.algorithm) || selection.deployment)
    throw new UsageError(
      `--docker-compose: "ratelimit serve" does not know ${selection.algorithm} on Redis; name an algorithm with --algorithms`,
    );
  if (options.rlsDomain !== undefined)
    throw new UsageError('--docker-compose: "ratelimit serve" does not speak gRPC; leave out --rls');
  if (options.sendCost)
    throw new UsageError('--docker-compose: for "ratelimit serve" every path costs 1; leave out --send-cost');
  if (!options.refusedStatus.includes(429))
    throw new UsageError('--docker-compose: "ratelimit serve" refuses with 429; leave out --refused-status');
}

/** As `serve --key` spells it. */
function keyPlaceOf(carrier: Carrier): string {
  if (carrier.in === 'bearer') return 'bearer';
  if (!('name' in carrier)) throw new RangeError('a cost is no key');
  if (carrier.in === 'query') return `query:${carrier.name}`;
  return carriesAddress(carrier) ? 'x-forwarded-for' : `header:${carrier.name}`;
}
