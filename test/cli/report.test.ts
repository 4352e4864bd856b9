import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ratelimit, temporaryFile } from './program.ts';

let text: string;
let run: string;
beforeAll(async () => {
  run = temporaryFile('run.json', '');
  const { stdout } = await ratelimit(['compare', 'steady', '--duration', '5s', '--quiet', '--output', run]);
  text = stdout;
});

const beside = (name: string) => join(dirname(run), name);

describe('report', () => {
  test('shows a saved run as compare did', async () => {
    const { code, stdout, stderr } = await ratelimit(['report', run]);
    expect(stdout).toBe(text);
    expect([code, stderr]).toEqual([0, '']);
  });

  test('shows several one after the other, each under its name', async () => {
    const { stdout } = await ratelimit(['report', run, run]);
    expect(stdout).toBe(`${run}\n\n${text}\n\n${run}\n\n${text}`);
  });

  test('as JSON is the file again', async () => {
    const { stdout } = await ratelimit(['report', run, '--json']);
    expect(stdout).toBe(readFileSync(run, 'utf8'));
  });

  test('writes it in every other form, and then nothing to standard output', async () => {
    const forms = {
      csv: /^scenario,seed,/,
      md: /^# Rate limiters compared: steady\n/,
      html: /^<!doctype html>\n<html lang="en">/,
      xml: /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites /,
      sarif: /"version": "2\.1\.0"/,
      prom: /# EOF\n$/,
      openmetrics: /# EOF\n$/,
    };
    const files = Object.keys(forms).map((ending) => beside(`report.${ending}`));
    const { code, stdout } = await ratelimit(['report', run, ...files.flatMap((file) => ['--output', file])]);
    expect([code, stdout]).toEqual([0, '']);
    for (const [at, pattern] of Object.values(forms).entries()) {
      expect(readFileSync(files[at], 'utf8')).toMatch(pattern);
    }
  });
});

describe('report refuses in one message, with exit code 2', () => {
  test.each<[what: string, args: () => string[], message: RegExp]>([
    ['no file', () => [], /missing required argument 'files'/],
    ['a file that is not there', () => ['none.json'], /none\.json: there is no such file/],
    [
      'a file that is cut off',
      () => [temporaryFile('half.json', '{"schema": "ratelimit.run/1"')],
      /half\.json: is cut off/,
    ],
    [
      'a run of a newer version',
      () => [temporaryFile('new.json', '{"schema":"ratelimit.run/9"}')],
      /a newer ratelimit wrote it/,
    ],
    [
      'several runs in one file',
      () => [run, run, '--output', beside('both.html')],
      /both\.html: holds one run and 2 are named/,
    ],
    [
      'an ending nobody knows',
      () => [run, '--output', beside('x.pdf')],
      /--output .*x\.pdf: a run may be \.json, .* or \.openmetrics/,
    ],
  ])('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await ratelimit(['report', ...args()]);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect(existsSync(beside('both.html'))).toBe(false);
  });
});
