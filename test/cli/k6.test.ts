/** `ratelimit k6` through the real program: the folders that it writes. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ratelimit, temporaryFile, temporaryFolder } from './program.ts';

/** Writes a test and answers with its folder. */
async function generated(...args: string[]): Promise<string> {
  const folder = temporaryFolder('test');
  const { code, stderr } = await ratelimit(['k6', ...args, '-o', folder]);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return folder;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();
}

describe('the samples are what the generator writes', () => {
  test.each([
    ['exact', ['--trace', 'k6/samples/requests.csv', '--limit', '5/1s']],
    ['rate', ['steady', '--duration', '10s', '--rate', '20/s', '--keys', '5', '--limit', '10/5s']],
    [
      'rls',
      ['steady', '--duration', '10s', '--rate', '20/s', '--keys', '5', '--limit', '10/5s', '--rls', 'api'],
    ],
  ])('%s', async (kind, args) => {
    const folder = await generated(...args);
    for (const file of filesIn(folder)) {
      await expect(readFileSync(join(folder, file), 'utf8')).toMatchFileSnapshot(
        join('..', '..', 'k6', 'samples', kind, file),
      );
    }
    expect(filesIn(join('k6', 'samples', kind))).toEqual(filesIn(folder));
  });
});

describe('text from a trace', () => {
  const hostile = [
    '"; exec.test.abort(); //',
    ['`$', '{__ENV.RL_AUTHORIZATION}`'].join(''),
    'a\u2028b',
    '*/ }',
    '</script>',
    '\\',
    'x,y',
    '| a |',
  ];
  const rows = hostile.map((key, at) => JSON.stringify({ time: at, user: key }));
  const trace = temporaryFile('keys.jsonl', `${rows.join('\n')}\n`);
  const flags = ['--key', 'user', '--limit', '1/1s'];

  test('changes no code, and comes back as it was', async () => {
    const folder = await generated('--trace', trace, ...flags);
    const tame = await generated('--trace', 'k6/samples/requests.csv', '--limit', '1/1s');
    for (const file of filesIn(folder).filter((name) => name.endsWith('.js'))) {
      expect(readFileSync(join(folder, file), 'utf8')).toBe(readFileSync(join(tame, file), 'utf8'));
    }
    const keys = readFileSync(join(folder, 'data', 'keys.txt'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(keys.map((line) => JSON.parse(line))).toEqual(hostile);
  });

  test('in a file name stays a name', async () => {
    const evil = temporaryFile('a`| $(id) <b>.csv', 't_us,key,cost\n0,a,1\n');
    const folder = await generated('--trace', evil, '--limit', '1/1s');
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toMatch(/^# a__ __id_ _b_.csv: a k6 test/);
  });
});

describe('what is written', () => {
  test('a stream keeps its requests when its name is taken for k6, and the next name too', async () => {
    const scenario = `duration: 3s
streams:
  - { name: floor_2, arrivals: { model: constant, rate: 5/s } }
  - { name: floor, arrivals: { model: constant, rate: 5/s } }
`;
    const folder = await generated(temporaryFile('floors.yaml', scenario), '--limit', '10/1s');
    const plan = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8'));
    expect(plan.data).toEqual({ floor_2: './data/1.csv', floor_3: './data/2.csv' });
    expect(Object.keys(plan.options.scenarios)).toEqual(['floor_2', 'floor_3', 'probe']);
    expect(filesIn(folder)).toEqual(expect.arrayContaining(['data/1.csv', 'data/2.csv']));
  });

  test('credentials in the address are refused', async () => {
    const { code, stderr } = await ratelimit(['k6', 'steady', '--target', 'http://ann:secret@127.0.0.1/']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/--target: holds credentials/);
    expect(stderr).not.toMatch(/secret/);
  });

  test('an expected latency becomes a gate with a floor', async () => {
    const scenario = temporaryFile(
      'api.yaml',
      'limit: 5/1s\nduration: 2s\nstreams: [{ arrivals: { model: constant, rate: 20/s } }]\nexpect: [latency.p99 < 80ms]\n',
    );
    const plan = JSON.parse(readFileSync(join(await generated(scenario), 'plan.json'), 'utf8'));
    expect(plan.options.thresholds).toMatchObject({
      'http_req_duration{part:load}': ['p(99)<80'],
      'http_req_duration{part:floor}': ['p(99)<40'],
    });
  });

  test('a folder with other files is left alone, one with an earlier test is written anew', async () => {
    const folder = await generated('steady', '--duration', '1s', '--rate', '5/s');
    const again = await ratelimit(['k6', 'steady', '--duration', '1s', '--rate', '5/s', '-o', folder]);
    expect(again.code).toBe(0);
    const other = temporaryFolder('other');
    writeFileSync(join(other, 'notes.txt'), 'mine');
    const { code, stderr } = await ratelimit(['k6', 'steady', '-o', other]);
    expect(stderr).toMatch(/holds other files/);
    expect(code).toBe(2);
  });

  test.each([
    [
      'a burst as a rate',
      ['edge-attack', '--schedule', 'rate'],
      /--schedule rate: the arrivals "edge-attacker" of attacker are more than a rate/,
    ],
    [
      'a trace as a rate',
      ['--trace', 'k6/samples/requests.csv', '--schedule', 'rate'],
      /a trace has instants, not rates/,
    ],
    ['a target that is no URL', ['steady', '--target', 'localhost'], /--target: "localhost" is not a URL/],
    ['an unknown place', ['steady', '--send-key', 'cookie'], /--send-key: "cookie" does not say where/],
    [
      'a status that refuses nothing',
      ['steady', '--refused-status', '200'],
      /--refused-status: "200" is not the status/,
    ],
    ['an unknown family', ['steady', '--headers', 'x'], /--headers: no family of headers is called "x"/],
    [
      'a limit of concurrency',
      ['slow-requests', '--algorithms', 'concurrency'],
      /--algorithms: what concurrency admits/,
    ],
    ['traffic without a request', ['edge-attack', '--duration', '1s'], /brings no request/],
  ])('%s is refused', async (_, args, message) => {
    const { code, stderr } = await ratelimit(['k6', ...args, '-o', temporaryFolder('none')]);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});
