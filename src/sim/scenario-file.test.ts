import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UsageError } from '../errors.ts';
import { InlineEngine } from './engine.ts';
import { prepare } from './prepare.ts';
import { run } from './run.ts';
import { findScenario, loadScenario, parseScenario, shippedFolder, shippedNames } from './scenario-file.ts';

const streams = 'streams:\n  - arrivals: { model: poisson, rate: 5/s }\n';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ratelimit-scenarios-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileWith(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

describe('a good file', () => {
  test('is read, and has its own name when it gives none', async () => {
    const { name, scenario } = await loadScenario(await fileWith('mine.yaml', `limit: 5/1s\n${streams}`));
    expect(name).toBe('mine');
    expect(scenario.limit[0].quota).toEqual({ limit: 5, periodUs: 1e6, burst: 5 });
    expect((await loadScenario(await fileWith('a.yaml', `name: yours\n${streams}`))).name).toBe('yours');
  });

  test('expectations know the lines on which they stand', () => {
    const list =
      'expect:\n  # what we promise\n  - admitted > 0\n\n  - >-\n    gcra: latency.p99\n    < 5ms\n';
    const { expect: lines } = parseScenario(`${streams}${list}`, 'limits/f.yaml');
    const first = streams.split('\n').length + 2;
    expect(lines.map(({ place }) => place)).toEqual([
      { file: 'limits/f.yaml', line: first },
      { file: 'limits/f.yaml', line: first + 2 },
    ]);
    const flow = parseScenario(`expect: [admitted > 0,\n  rejected > 0]\n${streams}`, 'f.yaml').expect;
    expect(flow.map(({ place }) => place?.line)).toEqual([1, 2]);
  });

  test('names trace files from its own folder', async () => {
    const trace = await fileWith('trace.yaml', 'trace:\n  files: [logs/access.log, "-"]\n');
    expect((await loadScenario(trace)).scenario.trace?.files).toEqual([join(folder, 'logs/access.log'), '-']);
  });
});

/** Problems as `file:line: path: message`; lines count from 1. */
describe('a wrong field is named with its line and path', () => {
  test.each<[text: string, said: RegExp]>([
    [`limit: 5 per second\n${streams}`, /^f\.yaml:1: limit: "5 per second" is not a limit/],
    [`limit: 5\n${streams}`, /^f\.yaml:1: limit: .*write .*such as 100\/1m/],
    [`${streams}limits: 5/1s`, /^f\.yaml:3: there is no field "limits"; did you mean "limit"\?/],
    [`duration: 10\n${streams}`, /^f\.yaml:1: duration: 10 has no unit; write 10s/],
    [`duration: 0s\n${streams}`, /^f\.yaml:1: duration: must be longer than 0/],
    [`seed: -1\n${streams}`, /^f\.yaml:1: seed: "-1" is not a count/],
    [
      `contract: fair\n${streams}`,
      /^f\.yaml:1: contract: "fair" is not known; write one of window, bucket, calendar$/,
    ],
    [
      'streams:\n  - arrivals:\n      model: poisson\n',
      /^f\.yaml:[23]: streams\[0\]\.arrivals\.rate: is missing; write a rate/,
    ],
    [
      'streams:\n  - arrivals: { model: poison, rate: 5/s }\n',
      /^f\.yaml:2: streams\[0\]\.arrivals.*did you mean "poisson"/,
    ],
    [`${streams}    colour: red\n`, /^f\.yaml:3: streams\[0\]: there is no field "colour"; remove it/],
    ['streams: []\n', /^f\.yaml:1: streams: is too short; write at least 1$/],
    [`seed: .inf\n${streams}`, /^f\.yaml:1: seed: Infinity is not a number/],
    [`tenant_limits: { /: 1/1s }\n${streams}`, /^f\.yaml:1: tenant_limits\.\/: a name starts with a letter/],
    ['limit: 5/1s\n', /^f\.yaml:1: a scenario has either streams or a trace/],
    [`${streams}trace:\n  files: [a.log]\n`, /^f\.yaml:1: a scenario has either streams or a trace/],
    ['trace:\n  files: a.log\n', /^f\.yaml:2: trace\.files: /],
    [
      `${streams}algorithms: [gcra, tokenbucket]\n`,
      /^f\.yaml:3: algorithms\[1\]: no algorithm is called "tokenbucket"/,
    ],
    [
      `${streams}algorithms:\n  - name: gcra\n    params: { burst: 5 }\n`,
      /^f\.yaml:4: algorithms\[0\]: gcra: no parameter is called "burst"/,
    ],
    [`${streams}tenant_limits:\n  gold: lots\n`, /^f\.yaml:4: tenant_limits\.gold: "lots" is not a limit/],
  ])('%j', (text, said) => {
    expect(() => parseScenario(text, 'f.yaml')).toThrow(UsageError);
    expect(() => parseScenario(text, 'f.yaml')).toThrow(said);
  });

  test('all of them at once, one a line', () =>
    expect(() => parseScenario(`limit: x\nduration: 5\ncolour: red\n${streams}`, 'f.yaml')).toThrow(
      /(?=.*f\.yaml:1: limit)(?=.*f\.yaml:2: duration)(?=.*f\.yaml:3: there is no field "colour")/s,
    ));
});

test.each([
  [
    'a list whose name is wrong, at its name',
    'expext:\n  - admitted > 0\n',
    /^f\.yaml:1: there is no field "expext"; did you mean "expect"\?/,
  ],
  ['what should be a list, at its name', 'expect:\n  of: x\n', /^f\.yaml:1: expect: is not a list/],
  ['one expectation', 'expect: admitted > 0\n', /^f\.yaml:1: expect: is not a list; .*: - admitted > 0$/],
  [
    'an expectation that YAML takes for a map',
    'expect:\n  - gcra: latency.p99 < 5ms\n',
    /^f\.yaml:2: expect\[0\]: .* put quotes around it: 'gcra: latency\.p99 < 5ms'$/,
  ],
  [
    'a bound without a unit',
    'expect: [latency.p99 < 5]\n',
    /^f\.yaml:1: expect\[0\]: "latency\.p99 < 5": "5" is not a duration/,
  ],
])('%s', (_, text, said) => {
  expect(() => parseScenario(text + streams, 'f.yaml')).toThrow(said);
});

describe('what is no scenario at all', () => {
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x, x]',
    ...['b', 'c', 'd', 'e', 'f', 'g'].map((name, at) => {
      const before = `*${'abcdef'[at]}`;
      return `${name}: &${name} [${Array(10).fill(before).join(', ')}]`;
    }),
  ].join('\n');

  test.each<[what: string, text: string, said: RegExp]>([
    ['a YAML bomb', bomb, /^f\.yaml: .*alias.*write the repeated parts out/],
    [
      'a list that holds itself',
      `${streams}expect: &a\n  - [*a]\n`,
      /^f\.yaml:4: \*a stands within what it repeats/,
    ],
    ['an unknown tag', `seed: !one 1\n${streams}`, /^f\.yaml:1: Unresolved tag: !one/],
    ['a key given twice', `limit: 5/1s\nlimit: 6/1s\n${streams}`, /^f\.yaml:2: Map keys must be unique/],
    ['text that is not YAML', 'streams: [', /^f\.yaml:1: /],
    ['a list', '- 1\n- 2\n', /^f\.yaml:1: .*is not a set of fields/],
    ['a word', 'hello', /^f\.yaml:1: .*is not a set of fields/],
    ['nothing', '', /^f\.yaml:1: a scenario has either streams or a trace/],
    ['comments only', '# nothing yet\n', /^f\.yaml:1: a scenario has either streams or a trace/],
    ['brackets without end', '['.repeat(20_000), /^f\.yaml:1: is nested too deeply\n(.*\n?){1,2}$/],
    [
      'two documents',
      `${streams}---\n${streams}`,
      /^f\.yaml:\d+: a second document begins here; write each to a file/,
    ],
  ])('%s', (_, text, said) => {
    expect(() => parseScenario(text, 'f.yaml')).toThrow(UsageError);
    expect(() => parseScenario(text, 'f.yaml')).toThrow(said);
  });

  test('more than 1 MiB', async () => {
    const file = await fileWith('large.yaml', `${streams}#${' '.repeat(1024 * 1024)}`);
    await expect(loadScenario(file)).rejects.toThrow(
      /large\.yaml: is more than the 1 MiB of a scenario; name recorded traffic with --trace/,
    );
  });

  test('a file without end, of which no more is read than that', () =>
    expect(loadScenario('/dev/zero')).rejects.toThrow('/dev/zero: is more than the 1 MiB of a scenario'));

  test.each(['utf16le', 'latin1'] as const)('text in %s', async (encoding) => {
    const file = join(folder, `${encoding}.yaml`);
    await writeFile(file, `\uFEFFteaches: caf\u00e9\n${streams}`, encoding);
    await expect(loadScenario(file)).rejects.toThrow(`${file}: is not UTF-8; save it as that`);
  });

  test.each<[name: string, said: RegExp]>([
    ['bursti', /no scenario is called "bursti"; did you mean "bursty"\? "ratelimit scenarios" lists them/],
    ['./none.yaml', /\.\/none\.yaml: no such scenario file; "ratelimit init \.\/none\.yaml" writes one/],
  ])('%s, which does not exist', async (name, said) => {
    await expect(findScenario(name)).rejects.toThrow(UsageError);
    await expect(findScenario(name)).rejects.toThrow(said);
  });
});

describe('shipped scenarios', async () => {
  const names = await shippedNames();
  test('there are some', () => expect(names).toContain('classic'));

  test.each(names)('%s loads, says what it teaches, and runs', async (name) => {
    const loaded = await loadScenario(name);
    expect(loaded.name).toBe(name);
    expect(loaded.scenario.teaches).toMatch(/.{20}/);
    const { plan, source, seed } = await prepare(loaded, { durationUs: 61e6 });
    const engine = new InlineEngine(plan, 4096);
    const result = await run({ name, version: '0', seed, plan, source, engine });
    expect(result.traffic.requests).toBeGreaterThan(0);
    expect(result.results.length).toBeGreaterThan(1); // there is something to compare
  });

  test('so does the template of `init`', async () =>
    parseScenario(await readFile(join(shippedFolder(), 'template', 'scenario.yaml'), 'utf8'), 'template'));
});
