import { describe, expect, test } from 'vitest';
import { UsageError } from '../../errors.ts';
import { contractOf } from '../contract.ts';
import { parseTopologies } from '../deployment/deployment.ts';
import { createLimiter } from '../limiters.ts';
import { parseRules } from '../rule.ts';
import { findAlgorithm, parseProfiles, validParams } from '../selection.ts';
import { limiterNamed } from './as-algorithm.ts';
import { findProfile, profileNames, profiles } from './index.ts';
import type { Semantics } from './profile.ts';

describe.each(profiles.map((profile) => [profile.name, profile] as const))('%s', (name, profile) => {
  test('names a limiter, and parameters that it has', () => {
    expect(limiterNamed(profile.algorithm).name).toBe(profile.algorithm);
    const own = validParams(limiterNamed(profile.algorithm), profile.params);
    expect(validParams(findAlgorithm(name), {})).toEqual(own);
  });

  test('says all that there is to say', () => {
    const { title, settings, semantics, reference, sources } = profile;
    const axes: readonly (keyof Semantics)[] = [
      ...(['refused', 'window', 'refill', 'burst', 'clock', 'cost'] as const),
      ...(['rules', 'state', 'failure', 'sync', 'headers'] as const),
    ];
    for (const text of [title, settings, ...sources, ...axes.map((axis) => semantics[axis])]) {
      expect(text.trim()).not.toBe('');
    }
    expect(sources.length).toBeGreaterThan(0);
    expect(reference.storeLatencyUs).toBeGreaterThan(0);
    expect(parseTopologies(reference.topology)).toHaveLength(1);
  });

  test('decides under 10/1s', () => {
    const rules = parseRules('10/1s');
    const selections = parseProfiles(name);
    const context = { epochUs: 1_764_000_000_123_457 };
    const limiter = createLimiter(selections[0], {
      rules,
      contracts: rules.map(contractOf),
      selections,
      context,
      tenants: [],
    });
    limiter.reserve(1);
    expect(limiter.waitUs(0, 0, 1)).toBe(0);
    expect(limiter.waitUs(0, 0, 1000)).toBeGreaterThan(0);
  });
});

test('names are told apart, and do not hide an algorithm', () => {
  expect(new Set(profileNames).size).toBe(profiles.length);
  for (const name of profileNames) expect(findAlgorithm(name).title).toBe(findProfile(name).title);
});

test('each of the six companies has a profile by the reference table', () => {
  const rows = ['stripe', 'aws-api-gateway', 'github', 'x', 'cloudflare', 'shopify'].map((name) => {
    const { store, coordination, gateway, algorithm } = findProfile(name).reference;
    return [name, store, coordination, gateway, algorithm, findProfile(name).algorithm];
  });
  expect(rows).toEqual([
    ['stripe', 'Redis Cluster', 'etcd', 'own', 'token bucket', 'token-bucket'],
    ['aws-api-gateway', 'DynamoDB', 'internal', 'ALB', 'token bucket', 'token-bucket'],
    ['github', 'MySQL', 'Consul', 'nginx + Lua', 'sliding window', 'sliding-window-counter'],
    ['x', 'Manhattan', 'ZooKeeper', 'own', 'sliding window', 'sliding-window-counter'],
    ['cloudflare', 'Quicksilver', 'internal', 'Workers', 'leaky bucket', 'leaky-bucket'],
    ['shopify', 'Redis', 'Consul', 'own', 'leaky bucket', 'leaky-bucket'],
  ]);
});

test('profiles are read as rows, with parameters over their own, and all is each of them', () => {
  expect(parseProfiles('nginx:nodelay=true,kong-redis')).toEqual([
    { algorithm: 'nginx', variant: 'nodelay=true', params: { nodelay: true } },
    { algorithm: 'kong-redis', variant: '', params: {} },
  ]);
  expect(parseProfiles('all').map(({ algorithm }) => algorithm)).toEqual(profileNames);
  expect(validParams(findAlgorithm('cloudflare-waf'), { mitigation: '1m' })).toEqual({
    count_rejected: true,
    mitigation: 60e6,
  });
});

test.each([
  ['ngnix', 'did you mean "nginx"?'],
  ['gcra', 'no profile is called "gcra"'],
])('%s is no profile', (name, message) => {
  expect(() => parseProfiles(name)).toThrow(UsageError);
  expect(() => parseProfiles(name)).toThrow(message);
});

test.each([
  ['nginx', '7/1h', 'nginx has rates of whole r/s or r/m'],
  ['envoy-global', '10/10s', 'counts by the SECOND (10/1s), MINUTE (10/1m)'],
  ['kong-local', '10/1w', 'Kong counts by the second'],
  ['spring-cloud-gateway', '10/1500ms', 'periods of whole seconds'],
  ['governor', '0/1s', 'a profile has no limit of 0'],
])('%s has no %s', (name, limit, message) => {
  const algorithm = findAlgorithm(name);
  const [{ quota }] = parseRules(limit);
  const create = () => algorithm.create(quota, validParams(algorithm, {}), { epochUs: 0 });
  expect(create).toThrow(UsageError);
  expect(create).toThrow(message);
});
