import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Service } from 'kubernetes-models/v1';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { TestRedis } from '../../src/stores/testing/redis-server.ts';
import { decisionIn, TestService } from '../cli/service.ts';
import { exported } from './exported.ts';

/** The models of the OpenAPI definitions of Kubernetes. */
const models = { Deployment, Service, HorizontalPodAutoscaler, PodDisruptionBudget };

async function kubernetes(...flags: string[]) {
  const [deployment, service, autoscaler, budget] = parseAllDocuments(
    await exported('kubernetes', ...flags),
  ).map((document) => document.toJS());
  return { deployment, service, autoscaler, budget };
}

describe('--export kubernetes', () => {
  test('each document is valid by the definitions of its kind', async () => {
    const documents = Object.values(await kubernetes());
    expect(documents.map(({ kind }) => kind)).toEqual(Object.keys(models));
    for (const document of documents) {
      const model = models[document.kind as keyof typeof models]; // as was just seen
      expect(() => new model(document).validate()).not.toThrow();
    }
  });

  test('what selects pods selects those of the Deployment', async () => {
    const { deployment, service, autoscaler, budget } = await kubernetes();
    const { labels } = deployment.spec.template.metadata;
    expect(service.spec.selector).toEqual(labels);
    expect(budget.spec.selector.matchLabels).toEqual(labels);
    expect(deployment.spec.selector.matchLabels).toEqual(labels);
    expect(autoscaler.spec.scaleTargetRef).toMatchObject({
      kind: 'Deployment',
      name: deployment.metadata.name,
    });
  });

  test('pods grow with their CPU and their requests, up to twice those of the peak', async () => {
    const { autoscaler } = await kubernetes();
    expect(autoscaler.spec).toMatchObject({
      minReplicas: 5,
      maxReplicas: 20,
      metrics: [
        { resource: { name: 'cpu', target: { averageUtilization: 70 } } },
        {
          pods: {
            metric: { name: 'rate_limiter_qps' },
            target: { type: 'AverageValue', averageValue: '10000' },
          },
        },
      ],
    });
  });

  test('address and password of Redis come from a Secret', async () => {
    const { deployment } = await kubernetes();
    const [{ env }] = deployment.spec.template.spec.containers;
    for (const { valueFrom } of env) expect(valueFrom.secretKeyRef.name).toBe('rate-limiter-redis');
    expect(env.map(({ name }: { name: string }) => name)).toEqual(['REDIS_HOST', 'REDISCLI_AUTH']);
  });
});

describe('the arguments of the Deployment', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await TestRedis.start();
  });
  afterAll(() => redis?.stop());

  test('start a service that decides as planned', async () => {
    const flags = ['--rps', '1k', '--limit', '2/1h,burst=1 + 9/1d', '--algorithms', 'gcra'];
    const { deployment } = await kubernetes(...flags);
    const [{ args, livenessProbe, readinessProbe }] = deployment.spec.template.spec.containers;
    const given = args
      .slice(1) // serve
      .map((word: string) =>
        word.replace(/^rediss:\/\/\$\(REDIS_HOST\):6379$/, `redis://127.0.0.1:${redis.port}`),
      );
    const service = await TestService.start([...given, '--port', '0']);
    try {
      for (const { httpGet } of [livenessProbe, readinessProbe])
        expect((await service.get(httpGet.path)).status).toBe(200);
      expect(await decisionIn(await service.check({ key: 'ann' }))).toMatchObject({ allowed: true });
      expect(await decisionIn(await service.check({ key: 'ann' }))).toMatchObject({ allowed: false });
    } finally {
      await service.stop();
    }
  });
});
