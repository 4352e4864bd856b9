import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ratelimit, temporaryFolder } from './cli/program.ts';

/** The k6 of the tests, built when it is not there; throws with what to install. */
export function k6Path(): string {
  return execFileSync('sh', ['test/install-k6.sh'], { encoding: 'utf8' }).trim();
}

/** summary.json of a generated test, as far as tests read it. */
export interface Summary {
  readonly verdict: 'passed' | 'failed' | 'inconclusive';
  readonly sent: number;
  readonly admitted: number;
  readonly refused: number;
  readonly judged: readonly { readonly metric: string; readonly ok: boolean }[];
}

export interface K6Run {
  readonly code: number | null;
  readonly folder: string;
  readonly summary: Summary;
  readonly stderr: string;
}

/** Writes a test with `ratelimit k6`. */
export async function generate(args: readonly string[]): Promise<string> {
  const folder = temporaryFolder('test');
  const { code, stderr } = await ratelimit(['k6', ...args, '-o', folder]);
  if (code !== 0) throw new Error(stderr);
  return folder;
}

const mostTries = 6;
/** Ends when the last of the runs that wait for each other does. */
let alone: Promise<unknown> = Promise.resolve();

/** Runs a generated test with k6, again while the machine is too busy to tell anything: then one such run at a time. */
export async function runK6(folder: string, env: Readonly<Record<string, string>>): Promise<K6Run> {
  let run = await k6Once(folder, env);
  for (let tries = 1; run.summary.verdict === 'inconclusive' && tries < mostTries; tries++) {
    const next = alone.then(() => k6Once(folder, env));
    alone = next.catch(() => {});
    run = await next;
  }
  return run;
}

/** Runs a generated test with k6. */
export async function k6Once(folder: string, env: Readonly<Record<string, string>>): Promise<K6Run> {
  const { code, stderr } = await k6Script('script.js', folder, env);
  const summary: Summary = JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8'));
  return { code, folder, summary, stderr };
}

/** Runs a script with k6; results.json.gz lies in the folder then. */
export function k6Script(script: string, folder: string, env: Readonly<Record<string, string>>) {
  const args = ['run', '--quiet', '--address', '127.0.0.1:0', '--out', 'json=results.json.gz', script];
  const child = spawn(k6Path(), args, {
    cwd: folder,
    env: { ...process.env, K6_NO_USAGE_REPORT: 'true', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise<{ code: number | null; stderr: string }>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stderr }));
  });
}

/** Metrics of which a threshold was crossed. */
export function broken({ judged }: Summary): string[] {
  return [...new Set(judged.filter(({ ok }) => !ok).map(({ metric }) => metric.replace(/\{.*/, '')))];
}
