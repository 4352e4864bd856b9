/** Sections of the README of a test: how it runs in a cluster and on Docker. */
import type { ClusterTest } from './kubernetes.ts';

export const composeWords = `## On this machine, with Docker

\`docker compose up --exit-code-from k6\` starts \`ratelimit serve\` on a Redis and sends the test to it. The program is taken from
the folder in \`RATELIMIT_HOME\`, by default the one that wrote this test.

`;

export function clusterWords({ name, isVolume }: ClusterTest): string {
  const fill = `kubectl apply --server-side -f kubernetes/1-data.yaml
# The test is larger than a ConfigMap may be: put this folder into the volume ${name}, mounted at /ratelimit, for instance by
kubectl run ${name}-fill --image=busybox --overrides='${fillOverrides(name)}' -- sleep 3600
kubectl cp . ${name}-fill:/ratelimit && kubectl delete pod ${name}-fill
kubectl apply --server-side -f kubernetes/2-testrun.yaml`;
  return `## In a cluster, with k6-operator

\`\`\`sh
kubectl create secret generic ${name} --from-literal=RL_TARGET=http://api.default.svc/ # and RL_AUTHORIZATION, RL_FLOOR_TARGET …
${isVolume ? fill : 'kubectl apply --server-side -f kubernetes/'}
kubectl logs -l k6_cr=${name},runner=true --tail=-1
\`\`\`

The operator gives each runner its segment of the requests and starts them together. Each judges what it saw: upper bounds hold for
every part, lower ones only for all, so that several runners leave those out.

`;
}

/** As kubectl takes it: the volume in the Pod that fills it. */
function fillOverrides(name: string): string {
  return JSON.stringify({
    spec: {
      volumes: [{ name: 'test', persistentVolumeClaim: { claimName: name } }],
      containers: [
        {
          name: `${name}-fill`,
          image: 'busybox',
          command: ['sleep', '3600'],
          volumeMounts: [{ name: 'test', mountPath: '/ratelimit' }],
        },
      ],
    },
  });
}
