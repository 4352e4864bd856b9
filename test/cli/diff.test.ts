import { describe, expect, test } from 'vitest';
import { ratelimit, temporaryFile } from './program.ts';

async function saved(name: string, ...flags: string[]): Promise<string> {
  const { stdout } = await ratelimit([
    ...['compare', 'steady', '--duration', '5s', '--algorithms', 'gcra', '--json', '--quiet'],
    ...flags,
  ]);
  return temporaryFile(name, stdout);
}

describe('diff', () => {
  test('tells what changed, and ends with 0 all the same', async () => {
    const [a, b] = [await saved('a.json'), await saved('b.json', '--limit', '5/1s')];
    const { code, stdout, stderr } = await ratelimit(['diff', a, b]);
    expect(stdout).toMatch(/^limit {5}10\/1s -> 5\/1s\n/);
    expect(stdout).toMatch(/\ngcra\n( {2}\w+ .*\n)* {2}other +admitted +\d+ -> \d+ {2}-/);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const { stdout: json } = await ratelimit(['diff', a, b, '--json']);
    expect(JSON.parse(json)).toMatchObject({ schema: 'ratelimit.diff/1', unlike: expect.anything() });
  });

  test('two runs of one seed differ in nothing but speed', async () => {
    const { stdout } = await ratelimit(['diff', await saved('a.json'), await saved('b.json'), '--json']);
    const { unlike, changes }: { unlike: unknown[]; changes: { field: string }[] } = JSON.parse(stdout);
    expect(unlike).toEqual([]);
    expect(changes.filter(({ field }) => !field.startsWith('throughput.'))).toEqual([]);
  });

  test.each([
    ['one file', [() => temporaryFile('a.json', '{}')], /missing required argument 'after'/],
    ['what is no run', [() => temporaryFile('a.json', '{}'), () => 'none.json'], /a\.json: schema: /],
  ])('%s is refused', async (_, files, message) => {
    const { code, stderr } = await ratelimit(['diff', ...files.map((file) => file())]);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});
