import { format } from '@cdktn/hcl-tools';
import { parse } from '@cdktn/hcl2json';
import { describe, expect, test } from 'vitest';
import { exported } from './exported.ts';

type Blocks = Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>>;

interface Parsed {
  readonly resource: Blocks;
  readonly variable: Readonly<Record<string, readonly unknown[]>>;
  readonly output: Readonly<Record<string, readonly unknown[]>>;
}

/** Read by HashiCorp's own parser, as JSON. */
async function terraform(...flags: string[]): Promise<Parsed> {
  return (await parse('main.tf', await exported('terraform', ...flags))) as unknown as Parsed; // its documented shape
}

const reference = (path: string) => `\${${path}}`;

describe('--export terraform', () => {
  test.each([
    ['a cluster', []],
    ['one shard', ['--rps', '10k']],
  ])('%s is written as terraform fmt would', async (_, flags) => {
    const text = await exported('terraform', ...flags);
    expect(await format(text)).toBe(text);
  });

  test('a cluster: encrypted on the way and at rest, in several zones, no counter dropped', async () => {
    const { resource } = await terraform('--algorithm', 'gcra');
    const [group] = resource.aws_elasticache_replication_group.redis;
    expect(group).toMatchObject({
      node_type: 'cache.r6g.large',
      num_node_groups: 3,
      replicas_per_node_group: 1,
      automatic_failover_enabled: true,
      multi_az_enabled: true,
      transit_encryption_enabled: true,
      at_rest_encryption_enabled: true,
      parameter_group_name: reference('aws_elasticache_parameter_group.redis.name'),
    });
    const [{ family, parameter }] = resource.aws_elasticache_parameter_group.redis as [
      { family: string; parameter: unknown },
    ];
    expect(family).toBe('redis7');
    expect(parameter).toEqual([
      { name: 'maxmemory-policy', value: 'noeviction' },
      { name: 'reserved-memory-percent', value: expect.stringMatching(/^[1-9]\d$/) },
      { name: 'cluster-enabled', value: 'yes' },
    ]);
    expect(resource.aws_eks_node_group.rate_limiter).toMatchObject([
      { scaling_config: [{ min_size: 2, desired_size: 10, max_size: 20 }] },
    ]);
  });

  test('one shard is no cluster, and without replicas nothing can fail over', async () => {
    const { resource, output } = await terraform('--algorithm', 'gcra', '--rps', '10k', '--replicas', '0');
    const [group] = resource.aws_elasticache_replication_group.redis;
    expect(group).toMatchObject({
      num_cache_clusters: 1,
      automatic_failover_enabled: false,
      multi_az_enabled: false,
    });
    expect(group).not.toHaveProperty('num_node_groups');
    expect(output.redis_host).toMatchObject([
      { value: reference('aws_elasticache_replication_group.redis.primary_endpoint_address') },
    ]);
  });

  test('the password is a variable that Terraform hides', async () => {
    const { resource, variable } = await terraform();
    expect(variable.auth_token).toMatchObject([{ sensitive: true }]);
    expect(variable.auth_token[0]).not.toHaveProperty('default');
    expect(resource.aws_elasticache_replication_group.redis).toMatchObject([
      { auth_token: reference('var.auth_token') },
    ]);
  });
});
