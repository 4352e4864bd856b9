import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ratelimit, temporaryFile, temporaryFolder } from '../cli/program.ts';
import { exported } from './exported.ts';

const usual = ['plan', '--rps', '10k', '--keys', '5M', '--limit', '100/1m'];

describe('plan --export', () => {
  test('goes where --output says', async () => {
    const file = join(temporaryFolder('out'), 'main.tf');
    const { stdout, code } = await ratelimit([...usual, '--export', 'terraform', '--output', file]);
    expect(code).toBe(0);
    expect(stdout).toBe('');
    expect(readFileSync(file, 'utf8')).toBe(await exported('terraform', '--rps', '10k'));
  });

  test('writes nothing when nothing fits, and says why', async () => {
    const flags = ['plan', '--rps', '1M', '--keys', '1', '--limit', '100/1m', '--export', 'terraform'];
    const { stdout, stderr, code } = await ratelimit(flags);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^Nothing fits, so there is nothing to export\.$/m);
    expect(stderr).toMatch(/^gcra +hottest key, 0\.\d+×$/m);
  });

  test.each([
    [
      'a kind',
      ['--export', 'terrafrom'],
      /--export: no export is called "terrafrom"; did you mean "terraform"\? there are redis/,
    ],
    ['two things', ['--export', 'grafana', '--json'], /--export and --json: each says what is written/],
    [
      'what serve cannot do',
      ['--export', 'kubernetes', '--algorithm', 'concurrency', '--hold', '1s'],
      /--export kubernetes: ratelimit serve does not decide by concurrency; name another/,
    ],
  ])('%s is refused', async (_, flags, message) => {
    const { code, stderr } = await ratelimit([...usual, ...flags]);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  test('a node that is not of ElastiCache is not written for Terraform', async () => {
    const prices = temporaryFile(
      'own.yaml',
      `name: own
as_of: 2026-01-31
discounts: { reserved: 0, spot: 0 }
redis_nodes: [{ name: box, usd_per_month: 1, memory: 8GiB, network_gbit_per_s: 1, source: us, as_of: 2026-01-31 }]
stack: []
`,
    );
    const { code, stderr } = await ratelimit([...usual, '--prices', prices, '--export', 'terraform']);
    expect(stderr).toMatch(/--export terraform: is for ElastiCache, and "box" is no type of its nodes/);
    expect(code).toBe(2);
  });
});
