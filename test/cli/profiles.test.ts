import { describe, expect, test } from 'vitest';
import { profileNames } from '../../src/sim/profiles/index.ts';
import { ratelimit, temporaryFile } from './program.ts';

describe('profiles', () => {
  test('lists each with its status and title', async () => {
    const { stdout, code } = await ratelimit(['profiles']);
    expect(code).toBe(0);
    const names = stdout.split('\n').map((line) => line.trim().split(' ')[0]);
    expect(names.slice(0, profileNames.length)).toEqual(profileNames);
    expect(stdout).toMatch(/cloudflare-waf +documented/);
  });

  test('shows every parameter, axis and source of one, in words and as JSON', async () => {
    const { stdout } = await ratelimit(['profiles', 'upstash-token-bucket']);
    for (const text of ['debts (true)', 'ephemeral_cache (true)', 'Between nodes:', 'v2.0.8, March 2026']) {
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain(text);
    }
    const [data] = JSON.parse((await ratelimit(['profiles', 'github', '--json'])).stdout);
    expect(data).toMatchObject({
      name: 'github',
      status: 'modelled',
      reference: {
        store: 'MySQL',
        coordination: 'Consul',
        gateway: 'nginx + Lua',
        algorithm: 'sliding window',
      },
    });
  });

  test('an unknown one is wrong usage, with the nearest name', async () => {
    const { code, stderr } = await ratelimit(['profiles', 'kong-rediss']);
    expect(code).toBe(2);
    expect(stderr).toContain('no profile is called "kong-rediss"; did you mean "kong-redis"?');
  });

  test('are rows of a comparison, instead of algorithms or beside them', async () => {
    const rows = async (...flags: string[]) => {
      const args = [
        'compare',
        'steady',
        '--duration',
        '5s',
        '--limit',
        '100/1m',
        '--json',
        '--quiet',
        ...flags,
      ];
      const { stdout, stderr } = await ratelimit(args);
      const { results, notes } = JSON.parse(stdout || stderr);
      return { names: results.map(({ algorithm }: { algorithm: string }) => algorithm), notes };
    };
    const three = await rows('--profiles', 'kong-redis,envoy-global,nginx');
    expect(three).toEqual({ names: ['kong-redis', 'envoy-global', 'nginx'], notes: [] });
    const beside = await rows('--algorithms', 'gcra', '--profiles', 'redis-cell');
    expect(beside.names).toEqual(['gcra', 'redis-cell']);
    const left = await rows('--limit', '7/1h', '--profiles', 'nginx,governor');
    expect(left.names).toEqual(['governor']);
    expect(left.notes[0]).toContain('Left out: nginx: nginx has rates of whole r/s or r/m');
  });

  test('stand in a scenario, and on their own topology', async () => {
    const file = temporaryFile(
      'products.yaml',
      'limit: 5/1s\nduration: 5s\nprofiles: [nginx-nodelay, kong-redis]\ntopologies: [own]\nnodes: 2\n' +
        'streams: [{arrivals: {model: poisson, rate: 50/s}, keys: {model: single}}]\n',
    );
    const { stdout } = await ratelimit(['compare', file, '--json', '--quiet']);
    const places = JSON.parse(stdout).results.map(
      ({ algorithm, topology }: { algorithm: string; topology: string }) => [algorithm, topology],
    );
    expect(places).toEqual([
      ['nginx-nodelay', 'local'],
      ['kong-redis', 'central network=250us on_error=open'],
    ]);
  });

  test('decide requests one by one; what decides must be named once', async () => {
    const limit = ['--limit', '1/1s,burst=2'];
    const rows = '0,a,1\n0,a,1\n0,a,1\n';
    const { stdout } = await ratelimit(['decide', '--profile', 'nginx', ...limit], rows);
    expect(stdout.trimEnd().split('\n').slice(1)).toEqual([
      '0,a,1,1,1,0,0',
      '0,a,1,1,0,0,1000000',
      '0,a,1,0,0,1000000,0',
    ]);
    for (const flags of [[], ['--profile', 'nginx', '--algorithm', 'gcra']]) {
      const { code, stderr } = await ratelimit(['decide', ...flags, ...limit], rows);
      expect(code).toBe(2);
      expect(stderr).toContain('with --algorithm NAME or with --profile NAME; one of them');
    }
  });

  test('that imitate a product are left out on a store, and it says why', async () => {
    const args = [
      'compare',
      'steady',
      '--duration',
      '1s',
      '--store',
      'redis:embedded',
      '--profiles',
      'nginx',
    ];
    const { code, stderr } = await ratelimit([...args, '--quiet']);
    expect(code).toBe(2);
    expect(stderr).toContain('it imitates a product, which brings its own store');
  });

  test.each(['bash', 'zsh', 'fish'])('the completion of %s knows them', async (shell) => {
    const { stdout } = await ratelimit(['completion', shell]);
    expect(stdout).toContain('spring-cloud-gateway');
    expect(stdout).toContain('profiles');
    expect(stdout).toMatch(/\bk6\b.*\bsteady\b/); // a scenario may follow k6 as it may compare
  });
});
