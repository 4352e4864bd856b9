import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../src/sim/result.ts';
import { start, temporaryFolder } from './program.ts';

describe('a reader that goes away', () => {
  test('does not cost the file that was asked for', async () => {
    const file = join(temporaryFolder('out'), 'run.json');
    const { child, finished } = start(['compare', 'classic', '--json', '--quiet', '--output', file]);
    child.stdout?.destroy();
    expect((await finished).code).toBe(0);
    const saved: RunResult = JSON.parse(readFileSync(file, 'utf8'));
    expect(saved.results.length).toBeGreaterThan(0);
  });

  test('does not turn a broken check into one that holds', async () => {
    const { child, finished } = start([
      'check',
      'classic',
      '--expect',
      'accuracy.over_admitted == 0',
      '--quiet',
    ]);
    child.stdout?.destroy();
    expect((await finished).code).toBe(1);
  });

  test('ends what would go on writing', async () => {
    const { child, finished } = start(['traffic', '--rate', '1M/s', '--duration', '2h']);
    child.stdout?.once('data', () => child.stdout?.destroy());
    expect((await finished).code).toBe(0);
  });

  test('ends what would go on reading', async () => {
    const { child, finished } = start(['decide', '--algorithm', 'gcra', '--limit', '1/1s']);
    child.stdout?.destroy();
    child.stdin?.write('1,ann,1\n'.repeat(20_000));
    expect((await finished).code).toBe(0);
  });

  test('of messages leaves the exit code as it is', async () => {
    const { child, finished } = start(['compare', 'none.yaml']);
    child.stderr?.destroy();
    expect((await finished).code).toBe(2);
  });
});

describe('a directory as standard input', () => {
  test.each([
    [
      'decide',
      ['decide', '--algorithm', 'gcra', '--limit', '1/1s'],
      /^ratelimit: standard input: it is a directory/,
    ],
    ['compare', ['compare', '--trace', '-'], /^ratelimit: -: it is a directory/],
    ['fit', ['fit', '-'], /^ratelimit: -: it is a directory/],
  ])('is refused by %s', (_, args, message) => {
    const directory = openSync(temporaryFolder('in'), 'r');
    const { status, stdout, stderr } = spawnSync('bin/ratelimit', args, {
      stdio: [directory, 'pipe', 'pipe'],
      encoding: 'utf8',
    });
    closeSync(directory);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  test('is no matter to a command that reads none', () => {
    const directory = openSync(temporaryFolder('in'), 'r');
    const { status } = spawnSync('bin/ratelimit', ['algorithms'], { stdio: [directory, 'pipe', 'pipe'] });
    closeSync(directory);
    expect(status).toBe(0);
  });
});
