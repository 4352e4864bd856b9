import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunResult } from '../../src/sim/result.ts';
import { temporaryFolder } from './program.ts';

const enterScreen = '\u001b[?1049h';
const leaveScreen = '\u001b[?1049l';
const showCursor = '\u001b[?25h';

/** Far above what a run takes; what was on the screen until then says which cue never came. */
const patienceMs = 50_000;

/**
 * The program in a real terminal of 80×24, made by script(1); keys are typed as soon as their cue has been seen.
 * Ctrl-C interrupts the shell too: one that traps it lives to tell the exit code, be it dash or bash.
 */
function inTerminal(
  command: string,
  typed: readonly (readonly [cue: string, keys: string])[],
): Promise<string> {
  const { CI: _ci, NO_COLOR: _noColor, ...env } = process.env;
  return new Promise((resolve, reject) => {
    const inShell = `trap : INT; stty rows 24 cols 80; ${command}; echo "exit $?"`;
    const child = spawn('script', ['-qec', inShell, '/dev/null'], {
      env: { ...env, TERM: 'xterm-256color', LANG: 'C.UTF-8' },
    });
    const waiting = [...typed];
    let seen = '';
    let since = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
      const [next] = waiting;
      if (!next || !seen.slice(since).includes(next[0])) return;
      since = seen.length;
      waiting.shift();
      child.stdin.write(next[1]);
    });
    const tooLong = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`still waiting for ${JSON.stringify(waiting[0]?.[0] ?? 'the end')} after:\n${seen}`));
    }, patienceMs);
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(tooLong);
      resolve(seen);
    });
  });
}

test('the comparison on the screen: tabs, details, and the terminal as it was', async () => {
  const seen = await inTerminal('bin/ratelimit compare edge-attack', [
    ['[1 Overview]', '3'],
    ['[3 Burst]', '6'],
    ['[6 Timeline]', '1\r'],
    ['verdict', '\u001b'],
    ['[1 Overview]', 'q'],
  ]);
  expect(seen).toContain(enterScreen);
  expect(seen).toContain('admits up to 2× the limit in a trailing minute');
  const after = seen.slice(seen.lastIndexOf(leaveScreen));
  expect(after).toContain('OVERVIEW');
  expect(after).toContain('exit 0');
  expect(seen).toContain(showCursor);
});

const longRun = 'bin/ratelimit compare --rate 1M/s --duration 2h --keys 1k --algorithms gcra,fixed-window';

test('Ctrl-C while it runs: the terminal back, the partial result, exit code 130', async () => {
  const seen = await inTerminal(longRun, [['requests', '\u0003']]);
  const after = seen.slice(seen.lastIndexOf(leaveScreen));
  expect(seen).toContain(enterScreen);
  expect(after).toMatch(/partial/i);
  expect(after).toContain('exit 130');
});

test('Ctrl-C on a run that writes JSON: what was finished, marked partial, exit code 130', async () => {
  const file = join(temporaryFolder('out'), 'run.json');
  const seen = await inTerminal(`${longRun} --json > ${file}`, [['requests', '\u0003']]);
  expect(seen).toContain('exit 130');
  const { partial, traffic, results }: RunResult = JSON.parse(readFileSync(file, 'utf8'));
  expect(partial).toBe(true);
  expect(traffic.requests).toBeGreaterThan(0);
  expect(results.map(({ requests }) => requests)).toEqual([traffic.requests, traffic.requests]);
});
