import type { Carrier } from './carrier.ts';
import type { ClusterTest } from './kubernetes.ts';
import { code } from './markdown-code.ts';
import { clusterWords, composeWords } from './readme-stacks.ts';
import { thresholdRows } from './readme-thresholds.ts';
import type { TestPlan } from './test-plan.ts';

/** README.md beside a generated test: how to run it, what it sends, what a broken threshold means. */
export function readmeOf(
  plan: TestPlan,
  { cluster, hasCompose }: { readonly cluster: ClusterTest | undefined; readonly hasCompose: boolean },
): string {
  const { options, send } = plan;
  const scenarios = Object.entries(options.scenarios).map(([name, scenario]) => [
    code(name),
    `${scenario.executor} from ${scenario.startTime} on: ${amountOf(scenario)}`,
  ]);
  const thresholds = thresholdRows(options.thresholds);
  return `# ${plain(plan.name)}: a k6 test of a rate limiter

Written by \`ratelimit k6\` for the limit ${code(plan.limit)}. Runs on k6 v1 and v2; downloads nothing.

\`\`\`sh
RL_TARGET=${plan.target === undefined ? exampleTarget(plan) : shellWord(plan.target)} k6 run --out json=results.json.gz script.js
ratelimit k6 import results.json.gz     # what the target did, request by request, in figures
ratelimit compare --live results.json.gz   # beside every algorithm on the same requests
ratelimit fit results.json.gz           # which algorithm and limit that looks like
\`\`\`

The run ends with PASSED, FAILED or INCONCLUSIVE and writes \`summary.json\`. k6 itself exits with 99 for both of the latter:
INCONCLUSIVE means that the load generator did not do its part (sent late, dropped requests, a slow machine), so that
nothing was learnt about the target. Use environment variables, not \`--vus\` or \`--duration\`: those replace the scenarios.

## Environment

| variable | meaning |
| --- | --- |
${rows([
  ['`RL_TARGET`', `where requests go${plan.target === undefined ? '' : `; ${code(plan.target)} when unset`}`],
  ...(plan.rls ? [] : [['`RL_METHOD`', 'method of the requests; GET when unset']]),
  ['`RL_CREDENTIALS`', 'a JSON file, an object from key to the credential that is sent in its place'],
  ['`RL_AUTHORIZATION`', 'value of the header Authorization, where the key does not travel in it'],
  ...(plan.latency
    ? [
        [
          '`RL_FLOOR_TARGET`',
          'something as far away as the target that answers at once, to know what the network and this machine take; `none` leaves latency unjudged',
        ],
      ]
    : []),
  [
    '`RL_START_AT`',
    'time 0 of the schedule in milliseconds since 1970, the same for all processes that share a run',
  ],
  [
    '`RL_SHARDED`',
    'set in each of several processes (`--execution-segment`): drops the lower bounds, which hold only for all together',
  ],
  ['`RL_SUMMARY`', 'where the summary goes; `summary.json` when unset'],
])}

\`k6 archive\` takes along the values of \`-e NAME=value\` and the file of \`RL_CREDENTIALS\`, but not the rest of the environment.

${cluster ? clusterWords(cluster) : ''}${hasCompose ? composeWords : ''}## What is sent

The key travels as ${carrierWords(send.key)}${send.cost ? `, the cost as ${carrierWords(send.cost)}` : ''}. ${refusalWords(plan)}

| scenario | how |
| --- | --- |
${rows(scenarios)}

\`data/\` holds the requests, a line each: when it is due in microseconds, the line of \`keys.txt\` with its key, its cost.${
    Object.values(options.scenarios).some(({ exec }) => exec === 'load')
      ? '\nWhere k6 keeps a rate it spaces requests evenly; of the lines, only keys and costs are used then.'
      : ''
  }

## What is expected

| metric | threshold | when it is broken |
| --- | --- | --- |
${rows(thresholds)}

Counts of admissions are what the simulated algorithms admit on these requests, wherever their windows begin and however late each
request is (up to the tolerated lateness), with some tolerance. \`key\` is a line
of \`keys.txt\` (from 0), \`window\` n the period that begins n half periods after the start.

## Rules for headers

The metric \`ratelimit_header_errors\` counts broken rules, named by its tag \`rule\`. Promised: ${plan.promise.families.join(', ') || 'nothing'}.

| rule | broken when |
| --- | --- |
${rows(headerRules)}
`;
}

const headerRules = [
  ['missing', 'a promised header is not there (Retry-After: on a refusal)'],
  ['malformed', 'a value is no structured field, no whole number or no date'],
  ['remaining-on-refusal', 'a refusal says that enough remains'],
  ['remaining-above-limit', 'more remains than the limit'],
  ['limit-unknown', 'the limit that is told is not the one that was agreed'],
  ['policy-unknown', 'RateLimit speaks of a policy that RateLimit-Policy does not have'],
  ['window-unknown', 'a policy names a window that is not the one that was agreed'],
  ['reset-beyond-period', 'the reset lies further away than the limit takes to be whole again'],
  ['families-disagree', 'families of headers say that different amounts remain'],
  ['retry-after-zero', 'a refusal asks to come again at once'],
  ['retry-after-beyond-period', 'a refusal asks to wait longer than the limit takes to be whole again'],
  ['retry-after-before-reset', 'Retry-After is sooner than the t of RateLimit'],
];

function amountOf(scenario: TestPlan['options']['scenarios'][string]): string {
  if (scenario.executor === 'shared-iterations')
    return `${scenario.iterations} requests by ${scenario.vus} virtual users`;
  if (scenario.executor === 'per-vu-iterations') return 'one client, once';
  const rate =
    scenario.executor === 'constant-arrival-rate'
      ? `${scenario.rate} requests each ${scenario.timeUnit} for ${scenario.duration}`
      : `from ${scenario.startRate} requests each ${scenario.timeUnit} in ${scenario.stages.length} stages`;
  return `${rate}, by ${scenario.preAllocatedVUs} virtual users`;
}

function rows(cells: readonly (readonly string[])[]): string {
  return cells.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function exampleTarget({ rls }: TestPlan): string {
  return rls ? 'grpc://127.0.0.1:8081' : 'http://127.0.0.1:8080/';
}

function refusalWords({ rls, refused_status: statuses }: TestPlan): string {
  return rls
    ? `Envoy's rate limit service is asked by gRPC in the domain ${code(rls.domain)}: \`OVER_LIMIT\` is a refusal, \`OK\` an admission, anything else unexpected. \`grpcs://\` speaks TLS.`
    : `Status ${statuses.join(', ')} is a refusal, 200 to 399 an admission, anything else unexpected.`;
}

function carrierWords(carrier: Carrier): string {
  if (carrier.in === 'bearer') return 'bearer token';
  if (carrier.in === 'hits-addend') return '`hits_addend`';
  const place = { header: 'header', query: 'query parameter', descriptor: 'descriptor' }[carrier.in];
  return `${place} ${code(carrier.name)}`;
}

function plain(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N} .,:_+-]/gu, '_');
}

/** In quotes where the shell would read it otherwise. */
function shellWord(text: string): string {
  return /^[\w:/.,@%+=-]+$/.test(text) ? text : `'${text.replaceAll(/['`\p{C}]/gu, '_')}'`;
}
