/** What `ratelimit k6` writes for clusters and for Docker Compose: held against the schemas of those who read it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { TestRedis } from '../../src/stores/testing/redis-server.ts';
import { generate } from '../k6.ts';
import { ratelimit, temporaryFile, temporaryFolder } from './program.ts';
import { TestService } from './service.ts';

const yaml = (folder: string, name: string) => parse(readFileSync(join(folder, name), 'utf8'));

/** A schema of others; ajv knows draft 7 by one spelling of its address only. */
function schema(name: string): object {
  const { $schema: _, ...rules } = JSON.parse(readFileSync(join('test', 'schemas', name), 'utf8'));
  return rules;
}

/** What the schema finds wrong. */
function problems(rules: object, document: unknown): unknown {
  const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(rules);
  return validate(document) ? [] : validate.errors;
}

/** The schema of a cluster drops what it does not know; here that is a mistake. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).map(([name, value]) => [name, closed(value)]);
  const isOpen = 'properties' in node && !('additionalProperties' in node) && 'type' in node;
  return Object.fromEntries(isOpen ? [...entries, ['additionalProperties', false]] : entries);
}

const metadata = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: { name: { type: 'string', pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$' } }, // RFC 1123
};

function testRunSchema(): object {
  const rules = closed(schema('k6-operator-testrun.json')) as { properties: object }; // it is the schema of an object
  return { ...rules, properties: { ...rules.properties, metadata } };
}

/** ConfigMap of the Kubernetes API, v1: names without folders, texts, less than 1 MiB. */
const configMapSchema = {
  type: 'object',
  required: ['apiVersion', 'kind', 'metadata', 'data'],
  additionalProperties: false,
  properties: {
    apiVersion: { const: 'v1' },
    kind: { const: 'ConfigMap' },
    metadata,
    data: {
      type: 'object',
      propertyNames: { pattern: '^[-._a-zA-Z0-9]{1,253}$' },
      additionalProperties: { type: 'string' },
    },
  },
};

const steady = ['steady', '--rate', '20/s', '--duration', '2s', '--keys', '2', '--limit', '5/1s'];

describe('--kubernetes', () => {
  test('a small test is a ConfigMap that is laid out as its folder, and a TestRun with segments', async () => {
    const folder = await generate([...steady, '--kubernetes', '4']);
    const data = yaml(folder, 'kubernetes/1-data.yaml');
    const run = yaml(folder, 'kubernetes/2-testrun.yaml');
    expect(problems(configMapSchema, data)).toEqual([]);
    expect(problems(testRunSchema(), run)).toEqual([]);
    expect(run.spec).toMatchObject({ parallelism: 4, runner: { env: [{ name: 'RL_SHARDED', value: '1' }] } });
    const [{ configMap }] = run.spec.runner.volumes;
    expect(configMap.name).toBe(data.metadata.name);
    for (const { key, path } of configMap.items)
      expect(data.data[key]).toBe(readFileSync(join(folder, path), 'utf8'));
    const files = ['script.js', 'plan.json', ...['lib', 'data'].flatMap((each) => inside(folder, each))];
    expect(configMap.items.map(({ path }: { path: string }) => path).sort()).toEqual(files.sort());
  });

  const inside = (folder: string, name: string) =>
    readdirSync(join(folder, name)).map((file) => `${name}/${file}`);

  test('where the target is stands in a Secret alone', async () => {
    const folder = await generate([...steady, '--kubernetes', '1']);
    const {
      spec,
      metadata: { name },
    } = yaml(folder, 'kubernetes/2-testrun.yaml');
    expect(spec.runner.envFrom).toEqual([{ secretRef: { name } }]);
    expect(spec.runner.env).toBeUndefined();
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain(
      `kubectl create secret generic ${name} --from-literal=RL_TARGET=`,
    );
  });

  test('a test that is larger than a ConfigMap goes into a volume', async () => {
    const folder = await generate([
      ...['steady', '--rate', '2k/s', '--duration', '60s', '--limit', '5/1s', '--algorithms', 'gcra'],
      ...['--kubernetes', '2'],
    ]);
    const claim = yaml(folder, 'kubernetes/1-data.yaml');
    const run = yaml(folder, 'kubernetes/2-testrun.yaml');
    expect(claim).toMatchObject({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      spec: { accessModes: ['ReadWriteMany'] },
    });
    expect(problems(testRunSchema(), run)).toEqual([]);
    expect(run.spec.runner.volumes[0].persistentVolumeClaim.claimName).toBe(claim.metadata.name);
  });

  test('the schema does find what is wrong', async () => {
    const run = yaml(await generate([...steady, '--kubernetes', '1']), 'kubernetes/2-testrun.yaml');
    run.spec.runner.volumes[0].configmap = run.spec.runner.volumes[0].configMap;
    expect(problems(testRunSchema(), run)).not.toEqual([]);
  });
});

describe('--docker-compose', () => {
  test('is a stack by the schema of Compose', async () => {
    const folder = await generate([...steady, '--algorithms', 'gcra', '--docker-compose']);
    expect(problems(schema('compose-spec.json'), yaml(folder, 'compose.yaml'))).toEqual([]);
  });

  test('its service is one that "ratelimit serve" starts, and that decides by the key of the test', async () => {
    const flags = ['--algorithms', 'token-bucket:refill=interval', '--send-key', 'query:client'];
    const folder = await generate([...steady, ...flags, '--docker-compose']);
    const [program, serve, ...command]: string[] = yaml(folder, 'compose.yaml').services.limiter.command;
    expect([program, serve]).toEqual(['/usr/local/lib/ratelimit/bin/ratelimit', 'serve']);
    const redis = await TestRedis.start();
    const here: Record<string, string> = {
      '0.0.0.0': '127.0.0.1',
      '8080': '0',
      'redis://redis:6379': redis.url,
    };
    const service = await TestService.start(command.map((word) => here[word] ?? word));
    const statuses = [];
    for (let asked = 0; asked < 6; asked++) statuses.push((await service.get('/?client=ann')).status);
    expect(statuses.slice(0, 5)).toEqual([200, 200, 200, 200, 200]);
    expect((await service.get('/?client=bob')).status).toBe(200);
    await service.stop();
    await redis.stop();
  });

  test.each([
    ['several algorithms', [], /one algorithm can serve; name it with --algorithms/],
    ['a product', ['--algorithms', 'nginx'], /does not know nginx on Redis/],
    ['costs', ['--algorithms', 'gcra', '--send-cost', 'query:cost'], /leave out --send-cost/],
    ['another status', ['--algorithms', 'gcra', '--refused-status', '503'], /refuses with 429/],
  ])('%s: no service that could be the target', async (_, flags, message) => {
    const args = ['k6', ...steady, ...flags, '--docker-compose', '-o', temporaryFolder('none')];
    const { code, stderr } = await ratelimit(args);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});

test.each(['0', '5000', 'many'])('%s runners are refused', async (runners) => {
  const args = ['k6', ...steady, '--kubernetes', runners, '-o', temporaryFolder('none')];
  expect(await ratelimit(args)).toMatchObject({ code: 2, stderr: expect.stringContaining('--kubernetes') });
});

test('a name that no cluster takes becomes one', async () => {
  const scenario = temporaryFile(
    'Größe_No. 1!.yaml',
    'limit: 5/1s\nduration: 1s\nstreams: [{ arrivals: { model: constant, rate: 9/s } }]\n',
  );
  const folder = await generate([scenario, '--kubernetes', '1']);
  expect(yaml(folder, 'kubernetes/2-testrun.yaml').metadata.name).toMatch(/^ratelimit-[a-z0-9-]+[a-z0-9]$/);
});
