import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { packed } from '../../src/traffic/trace/input/compression.samples.ts';
import { ratelimit, start, temporaryFile, temporaryFolder } from './program.ts';

const columns = 't_us,key,cost,allowed,remaining,retry_after_us,delay_us';

/** The rows below the names of the columns. */
async function decide(flags: string, rows: readonly string[]): Promise<string[]> {
  const { stdout, stderr, code } = await ratelimit(['decide', ...flags.split(' ')], `${rows.join('\n')}\n`);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const [names, ...decisions] = stdout.trimEnd().split('\n');
  expect(names).toBe(columns);
  return decisions;
}

describe('decide', () => {
  test('concurrency has to be told how long requests take', async () => {
    const flags = '--algorithm concurrency --limit 1/1s';
    expect(await decide(flags, ['0,a,1,5', '4,a,1,5', '5,a,1,5'])).toEqual([
      '0,a,1,1,0,0,0',
      '4,a,1,0,0,1,0',
      '5,a,1,1,0,0,0',
    ]);
    const { code, stderr } = await ratelimit(['decide', ...flags.split(' ')], '0,a,1\n');
    expect(code).toBe(2);
    expect(stderr).toContain('there is no duration_us');
  });

  test('prints one decision a request, in order, without the header or with it in any order', async () => {
    const plain = await decide('--algorithm gcra --limit 10/1s,burst=2', [
      '0,a,1',
      '0,a,1',
      '0,a,1',
      '100000,a,1',
    ]);
    expect(plain).toEqual(['0,a,1,1,1,0,0', '0,a,1,1,0,0,0', '0,a,1,0,0,100000,0', '100000,a,1,1,0,0,0']);
    const named = await decide('--algorithm gcra --limit 10/1s --burst 2', [
      'key,t_us',
      'a,0',
      'a,0',
      'a,0',
      'a,100000',
    ]);
    expect(named).toEqual(plain);
  });

  test('a fixed window lets twice the limit through within an instant at its edge', async () => {
    const rows = ['59999999,a,100', '60000000,a,100', '60000000,a,1'];
    expect(await decide('--algorithm fixed-window --limit 100/1m', rows)).toEqual([
      '59999999,a,100,1,0,0,0',
      '60000000,a,100,1,0,0,0',
      '60000000,a,1,0,0,60000000,0',
    ]);
  });

  test('the same instants from 1970 or before give the same aligned windows', async () => {
    const late = 1_700_000_040_000_000; // a full minute
    expect(await decide('--algorithm fixed-window --limit 1/1m', [`${late - 1},a,1`, `${late},a,1`])).toEqual(
      [`${late - 1},a,1,1,0,0,0`, `${late},a,1,1,0,0,0`],
    );
    expect(await decide('--algorithm fixed-window --limit 1/1m', ['-1,a,1', '0,a,1', '1,a,1'])).toEqual([
      '-1,a,1,1,0,0,0',
      '0,a,1,1,0,0,0',
      '1,a,1,0,0,59999999,0',
    ]);
  });

  test('the sliding window counter admits at 49.5 of 50 and not at 50.5', async () => {
    const rows = ['0,a,42', '75000000,a,18', '75000000,a,1', '75000000,a,1'];
    const decisions = await decide('--algorithm sliding-window-counter --limit 50/1m', rows);
    expect(decisions.map((row) => row.split(',')[3])).toEqual(['1', '1', '1', '0']);
  });

  test('a queue tells the delay, and what can never pass is told so', async () => {
    const rows = ['0,a,1', '0,a,1', '0,a,1', '0,a,3'];
    expect(await decide('--algorithm leaky-bucket-queue --limit 10/1s,burst=2', rows)).toEqual([
      '0,a,1,1,1,0,0',
      '0,a,1,1,0,0,100000',
      '0,a,1,0,0,100000,0',
      '0,a,3,0,0,-1,0',
    ]);
  });

  test('several limits all have to pass, and tenants share theirs', async () => {
    const rows = ['0,acme/u1,1', '1,acme/u2,1', '2,acme/u1,1', '3,beta/u1,1'];
    const decisions = await decide('--algorithm token-bucket --limit 2/1s+2/1m,per=tenant', rows);
    expect(decisions.map((row) => row.split(',')[3])).toEqual(['1', '1', '0', '1']);
  });

  test('--json gives an object a line, --explain the state in words', async () => {
    const { stdout } = await ratelimit(
      ['decide', '--algorithm', 'fixed-window', '--limit', '2/1s', '--json', '--explain'],
      '0,a,1\n',
    );
    expect(JSON.parse(stdout)).toEqual({
      t_us: 0,
      key: 'a',
      cost: 1,
      allowed: true,
      remaining: 1,
      retry_after_us: 0,
      delay_us: 0,
      state_before: '0 of 2 used, window ends in 1000000 µs',
      state_after: '1 of 2 used, window ends in 1000000 µs',
    });
  });

  test('a step back in time is an error that names the line, after the decisions before it', async () => {
    const flags = ['decide', '--algorithm', 'gcra', '--limit', '1/1s'];
    const { code, stdout, stderr } = await ratelimit(flags, '5,a,1\n4,a,1\n');
    expect(code).toBe(2);
    expect(stdout).toBe(`${columns}\n5,a,1,1,0,0,0\n`);
    expect(stderr).toContain('standard input:2: time goes back from 5 to 4');
    const clamped = await ratelimit([...flags, '--clock', 'monotone'], '5,a,1\n4,a,1\n');
    expect(clamped.stdout).toContain('4,a,1,0,0,1000000,0');
  });

  test.each([
    ['x,a,1', 'standard input:1: t_us "x" is not a whole number'],
    ['0,a,1.5', 'standard input:1: cost "1.5" is not a whole number'],
    ['0,a,-1', 'standard input:1: cost -1 is not in 0'],
    ['0', 'standard input:1: there is no key'],
    ['t_us,key,price\n0,a,1', 'standard input:1: no column is called "price"'],
    ['9007199254740993,a,1', 'standard input:1: t_us 9007199254740993 is not in'],
    ['0,"a,1', 'standard input:1: a quote is opened here and never closed'],
    ['0,a,1,5,7', 'standard input:1: 5 columns'],
    ['t_us,key,key\n0,a,b', 'standard input:1: the column key is there twice'],
    ['t_us,cost\n0,1', 'standard input:1: there is no column key'],
    [
      '-9007199254740991,a,1\n9007199254740991,a,1',
      'standard input:2: time 9007199254740991 is more than 2^52',
    ],
  ])('the row %j is refused: %s', async (rows, message) => {
    const { code, stderr } = await ratelimit(
      ['decide', '--algorithm', 'gcra', '--limit', '1/1s'],
      `${rows}\n`,
    );
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n {4}at /);
  });
});

describe('what decide reads', () => {
  const gcra = ['decide', '--algorithm', 'gcra', '--limit', '10/1s'];

  test.each(Object.entries(packed))('is unpacked by its first bytes: %s', async (_packer, base64) => {
    const bytes = Buffer.from(base64, 'base64');
    const fromFile = await ratelimit([...gcra, temporaryFile('requests', bytes)]);
    expect(fromFile).toEqual({
      code: 0,
      stdout: `${columns}\n0,a,1,1,9,0,0\n5,b,1,1,9,0,0\n9,c,1,1,9,0,0\n`,
      stderr: '',
    });
    expect(await ratelimit(gcra, bytes)).toEqual(fromFile);
  });

  test('packed data that is cut short is told, after the header', async () => {
    const { code, stdout, stderr } = await ratelimit(gcra, gzipSync('0,a\n'.repeat(1000)).subarray(0, 30));
    expect([code, stdout]).toEqual([2, `${columns}\n`]);
    expect(stderr).toContain('standard input: the gzip data is cut short or damaged');
  });

  test('has keys of any bytes, which come out as they are and can be read again', async () => {
    const keys = ['ff', 'fe', 'fffe', 'c3a9', '00', '1b5b33316d', '2261222c', '0d0a', '20'].map((hex) =>
      Buffer.from(hex, 'hex').toString('latin1'),
    );
    const quoted = keys.map((key) => (/[",\r ]/.test(key) ? `"${key.replaceAll('"', '""')}"` : key));
    const rows = Buffer.from(quoted.map((key) => `0,${key},1\n`).join(''), 'latin1');
    const out = await bytesOut(gcra, rows);
    const expected = quoted.map((key) => `0,${key},1,1,9,0,0\n`).join('');
    expect(out.toString('latin1')).toBe(`${columns}\n${expected}`);
  });

  test('has keys that JSON cannot hold, told apart by halves of characters', async () => {
    const { stdout } = await ratelimit([...gcra, '--json'], Buffer.from('302cff0a302cfe0a302cc3a90a', 'hex'));
    const keys = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).key);
    expect(keys).toEqual(['\udcff', '\udcfe', 'é']);
    expect(stdout).toContain('"key":"\\udcff"');
  });

  test('may be nothing', async () => {
    for (const rows of ['', 't_us,key\n']) expect((await ratelimit(gcra, rows)).stdout).toBe(`${columns}\n`);
  });

  test('is a file that is there', async () => {
    const folder = await ratelimit([...gcra, temporaryFolder('requests')]);
    expect([folder.code, folder.stdout]).toEqual([2, '']);
    expect(folder.stderr).toContain('it is a directory');
    const missing = await ratelimit([...gcra, 'none.csv']);
    expect([missing.code, missing.stdout]).toEqual([2, '']);
    expect(missing.stderr).toContain('none.csv: there is no such file');
  });
});

describe('decide on a slow pipe', () => {
  const flags = ['decide', '--algorithm', 'gcra', '--limit', '10/1s'];

  test('answers a line as soon as it is there', async () => {
    const { child, finished } = start(flags);
    const answers = linesOf(child);
    for (const [row, answer] of [
      ['1,a\n', '1,a,1,1,9,0,0'], // fewer bytes than tell a packed file
      ['2,a,1\n', '2,a,1,1,8,0,0'],
      ['3,"a\nb",1\r\n', '3,"a'],
    ]) {
      child.stdin?.write(row);
      await answers.until(answer);
    }
    child.stdin?.end('4,a'); // the last line needs no end
    expect((await finished).stdout).toContain('\n4,a,1,1,7,0,0\n');
  });

  test('an interruption ends it at once, without half of a row decided', async () => {
    const { child, finished } = start(flags);
    const answers = linesOf(child);
    child.stdin?.write('1,a,1\n2,a,1');
    await answers.until('1,a,1,1,9,0,0');
    child.kill('SIGINT');
    const { code, stdout, stderr } = await finished;
    expect([code, stdout, stderr]).toEqual([130, `${columns}\n1,a,1,1,9,0,0\n`, '']);
  });
});

/** What a program writes, to be waited for. */
function linesOf({ stdout }: ChildProcess): { until(line: string): Promise<void> } {
  let text = '';
  stdout?.on('data', (chunk: Buffer) => {
    text += chunk;
  });
  return {
    async until(line) {
      while (stdout && !text.split('\n').includes(line)) await once(stdout, 'data');
    },
  };
}

async function bytesOut(args: readonly string[], input: Buffer): Promise<Buffer> {
  const { child, finished } = start(args);
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stdin?.end(input);
  await finished;
  return Buffer.concat(chunks);
}

test('a long file is decided to its end', async () => {
  const rows = 200_000; // several times what fits between two collections of garbage
  const lines = Array.from({ length: rows }, (_, at) => `${at * 100},key-${at % 7},1`);
  const file = temporaryFile('long.csv', `t_us,key,cost\n${lines.join('\n')}\n`);
  const { code, stdout, stderr } = await ratelimit([
    'decide',
    '--algorithm',
    'gcra',
    '--limit',
    '10/1s',
    file,
  ]);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout.trimEnd().split('\n')).toHaveLength(rows + 1);
});
