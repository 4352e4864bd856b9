import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { IContainer, IService } from 'kubernetes-models/v1';
import { stringify } from 'yaml';
import { UsageError } from '../../errors.ts';
import { findAlgorithm } from '../../sim/selection.ts';
import type { PlanResult, PlanRow } from '../result.ts';
import { type PlanExport, podsOf } from './export.ts';

const name = 'rate-limiter';
const labels = { 'app.kubernetes.io/name': name };
const port = 8080;
/** The service answers what is under way for at most 30 s; before that, load balancers get 5 s to look elsewhere. */
const graceSeconds = { beforeStop: 5, inAll: 40 };

/** `ratelimit serve` in front of the Redis of a row. Its address and password come from a Secret. */
export const kubernetes: PlanExport = (row, plan) => {
  const documents = [deployment(row, plan), service, autoscaler(plan), disruptionBudget];
  return `${header(plan)}${documents.map((one) => stringify(one, { aliasDuplicateObjects: false, lineWidth: 0 })).join('---\n')}`;
};

function header({ head_room: { pod_rate } }: PlanResult): string {
  return `# Needs the Secret ${name}-redis with host and auth-token, an image of ratelimit, and for rate_limiter_qps an
# adapter for metrics of pods (docs/plan.md). A pod is taken to serve ${pod_rate} requests a second: measure yours.
`;
}

function deployment(row: PlanRow, plan: PlanResult): IDeployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: {
          labels,
          annotations: {
            'prometheus.io/scrape': 'true',
            'prometheus.io/port': `${port}`,
            'prometheus.io/path': '/metrics',
          },
        },
        spec: {
          terminationGracePeriodSeconds: graceSeconds.inAll,
          automountServiceAccountToken: false,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 1000,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'topology.kubernetes.io/zone',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: labels },
            },
          ],
          containers: [container(row, plan)],
        },
      },
    },
  };
}

function container(row: PlanRow, { version, asked }: PlanResult): IContainer {
  const fromSecret = (key: string) => ({ secretKeyRef: { name: `${name}-redis`, key } });
  return {
    name,
    image: `ratelimit:${version}`,
    args: serveArguments(row, asked),
    env: [
      { name: 'REDIS_HOST', valueFrom: fromSecret('host') },
      { name: 'REDISCLI_AUTH', valueFrom: fromSecret('auth-token') },
    ],
    ports: [{ name: 'http', containerPort: port }],
    livenessProbe: { httpGet: { path: '/health', port: 'http' }, periodSeconds: 10 },
    readinessProbe: { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 5 },
    lifecycle: { preStop: { sleep: { seconds: graceSeconds.beforeStop } } },
    // One thread, so one CPU; no limit of it, since being throttled is what shows in the P99.
    resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '1Gi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
  };
}

/** How the service is started. The kubelet puts the host in. */
function serveArguments(row: PlanRow, { limit }: PlanResult['asked']): string[] {
  if (findAlgorithm(row.algorithm).needsDurations || row.access !== undefined) {
    throw new UsageError(
      `--export kubernetes: ratelimit serve does not decide by ${row.algorithm}${row.access === undefined ? '' : `:access=${row.access}`}; name another with --algorithm`,
    );
  }
  const params = Object.entries(row.params).flatMap(([param, value]) => ['--param', `${param}=${value}`]);
  const scheme = row.shards > 1 ? 'rediss-cluster' : 'rediss';
  return [
    ...['serve', '--algorithm', row.algorithm, ...params, '--limit', limit],
    ...['--store', `${scheme}://$(REDIS_HOST):6379`, '--host', '0.0.0.0', '--port', `${port}`],
  ];
}

const service: IService = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, labels },
  spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
};

/** Twice the pods of the peak may be had: a zone that is lost, or traffic that has grown. */
function autoscaler(plan: PlanResult): IHorizontalPodAutoscaler {
  const pods = podsOf(plan);
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name, labels },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: Math.max(2, Math.ceil(pods / 2)),
      maxReplicas: Math.max(4, pods * 2),
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
        },
        {
          type: 'Pods',
          pods: {
            metric: { name: 'rate_limiter_qps' },
            target: { type: 'AverageValue', averageValue: `${plan.head_room.pod_rate}` },
          },
        },
      ],
    },
  };
}

const disruptionBudget: IPodDisruptionBudget = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name, labels },
  spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
};
