import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { UsageError } from '../errors.ts';
import { type RunResult, runSchema } from './result.ts';
import { parseRun, readRun } from './saved-run.ts';
import { planOf, runOn, streamed } from './testing/runs.ts';

const published = '../../schemas/ratelimit.run.v1.schema.json';
const stream = {
  arrivals: { model: 'poisson', rate: '500/s' },
  keys: { model: 'uniform', count: 20 },
} as const;

const saved: RunResult = await runOn(streamed(stream, '5s'), planOf('10/1s+100/1s,per=global'));

/** The saved run with one field, named by its path, set to something else. */
function withField(path: readonly (string | number)[], value: unknown): string {
  const copy = structuredClone(saved) as never; // any shape, for the field may be anywhere
  const holder = path.slice(0, -1).reduce<Record<string | number, never>>((at, part) => at[part], copy);
  holder[path.at(-1)!] = value as never;
  return JSON.stringify(copy);
}

/** The schema as it is published; that the file is the same is the first test. */
const jsonSchema = {
  $id: 'urn:ratelimit:run:1',
  title: 'A run of ratelimit',
  ...z.toJSONSchema(runSchema, { io: 'input' }),
};

describe('the published JSON Schema', () => {
  test('is the schema of the program; "npx vitest run src/sim/saved-run -u" writes it anew', async () => {
    await expect(`${JSON.stringify(jsonSchema, null, 2)}\n`).toMatchFileSnapshot(published);
  });

  const validate = new Ajv2020().compile(jsonSchema);

  test('takes a run, and fields that were added later', () => {
    validate(saved);
    expect(validate.errors).toBeNull();
    expect(validate(JSON.parse(withField(['results', 0, 'latency', 'p75_us'], 1)))).toBe(true);
  });

  test.each([
    ['a figure that is text', ['results', 1, 'burst', 'sigma'], '3'],
    ['a figure that is gone', ['traffic', 'requests'], undefined],
    ['a negative share', ['results', 0, 'accuracy', 'over_admitted_ratio'], -0.1],
    ['another version', ['schema'], 'ratelimit.run/2'],
    ['an unknown contract', ['contract', 'kind'], 'promise'],
  ])('refuses %s', (_, path, value) => expect(validate(JSON.parse(withField(path, value)))).toBe(false));
});

describe('a saved run', () => {
  test('reads back as it was, with fields that this version does not know', () => {
    expect(parseRun(JSON.stringify(saved), 'run.json')).toEqual(saved);
    const later = withField(['results', 0, 'colour'], 'red');
    expect(parseRun(later, 'run.json')).toEqual(JSON.parse(later));
  });

  const whole = JSON.stringify(saved);
  test.each([
    ['cut off', whole.slice(0, whole.length / 2), /^run\.json: is cut off or damaged: /],
    ['empty', '', /^run\.json: is not a saved run: /],
    ['a log', '192.0.2.1 - - [10/Oct/2000]', /^run\.json: is not a saved run: /],
    ['another JSON', '{"a":1}', /^run\.json: schema: is not "ratelimit\.run\/1", so this is no saved run/],
    ['a list', '[]', /^run\.json: schema: /],
    ['null', 'null', /^run\.json: schema: /],
    ['newer', withField(['schema'], 'ratelimit.run/2'), /"ratelimit\.run\/2" .* a newer ratelimit wrote it/],
    ['older', withField(['schema'], 'ratelimit.run/0'), /"ratelimit\.run\/0" .* it is too old/],
    [
      'wrong in a field',
      withField(['results', 0, 'fairness', 'jain'], 'high'),
      /^run\.json: results\[0\]\.fairness\.jain: "high" is not a number; write one such as 10$/,
    ],
    [
      'wrong in its contract',
      withField(['contract', 'contracts', 0, 'limit'], null),
      /^run\.json: contract\.contracts\[0\]\.limit: /,
    ],
    ['wrong everywhere', withField(['results'], Array(9).fill({})), /\nand \d+ more$/],
  ])('that is %s is refused with its file and field', (_, text, message) => {
    expect(() => parseRun(text, 'run.json')).toThrow(UsageError);
    expect(() => parseRun(text, 'run.json')).toThrow(message);
  });

  test('is read from a file; a missing file and a folder are refused', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ratelimit-'));
    writeFileSync(join(folder, 'run.json'), whole);
    expect(await readRun(join(folder, 'run.json'))).toEqual(saved);
    await expect(readRun(join(folder, 'none.json'))).rejects.toThrow(/none\.json: there is no such file/);
    await expect(readRun(folder)).rejects.toThrow(/it is a directory/);
  });
});
