import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { normalize } from 'node:path/posix';
import { indentedJson } from '../indented-json.ts';
import { packageRoot } from '../package-root.ts';
import { clusterTest } from './kubernetes.ts';
import { readmeOf } from './readme.ts';
import type { TestPlan } from './test-plan.ts';
import type { Workload } from './workload.ts';

/** The modules of k6/ that every generated test is made of, as they are. */
const modules = [
  'script.js',
  'lib/header-rules.js',
  'lib/headers.js',
  'lib/metrics.js',
  'lib/options.js',
  'lib/probe.js',
  'lib/requests.js',
  'lib/structured-fields.js',
  'lib/summary.js',
];

/** What speaks with the target, by its path in the test: HTTP, or gRPC with a rate limit service of Envoy. */
const http = { 'lib/target.js': 'lib/target.js' };
const rls = { 'lib/target.js': 'lib/rls/target.js', 'lib/rls.proto': 'lib/rls/rls.proto' };

/** What a test is given beside itself. */
export interface Surroundings {
  /** Processes in a cluster that share the requests; absent where it runs on one machine. */
  readonly runners: number | undefined;
  /** compose.yaml */
  readonly compose: string | undefined;
}

/**
 * The files of a generated test by their paths. Everything that comes from a scenario or a trace is data: JSON, or lines
 * of numbers and JSON strings, which the script parses and never runs.
 */
export async function filesOf(
  plan: TestPlan,
  { schedules, keys }: Workload,
  { runners, compose }: Surroundings,
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const sources = modules.map((module) => [module, module]);
  for (const [path, source] of [...sources, ...Object.entries(plan.rls ? rls : http)])
    files.set(path, await readFile(join(packageRoot(), 'k6', source), 'utf8'));
  files.set('plan.json', indentedJson(plan));
  files.set('data/keys.txt', keys.map((key) => `${JSON.stringify(key)}\n`).join(''));
  for (const { name, requests } of schedules) {
    const lines = requests.map(({ dueUs, key, cost }) => `${dueUs},${key},${cost}\n`);
    files.set(normalize(plan.data[name]), lines.join(''));
  }
  const cluster = runners === undefined ? undefined : clusterTest(plan.name, files, runners);
  for (const [path, text] of cluster?.files ?? []) files.set(path, text);
  if (compose !== undefined) files.set('compose.yaml', compose);
  files.set('README.md', readmeOf(plan, { cluster, hasCompose: compose !== undefined }));
  return files;
}
