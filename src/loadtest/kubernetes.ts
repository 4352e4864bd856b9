/** Manifests that run a generated test in a cluster, by Grafana's k6-operator. */
import { stringify } from 'yaml';
import { dnsLabel } from './dns-label.ts';

/** k6 of the runners. */
export const k6Image = 'grafana/k6:1.8.1';
/** A ConfigMap holds 1 MiB, https://kubernetes.io/docs/concepts/configuration/configmap/; its names take some of it. */
const mostBytesInConfigMap = 1_000_000;
/** Readers of YAML 1.1 take a plain `no` or `0:0` for something else than text. */
export const manner = { version: '1.1', lineWidth: 0 } as const;
const mountPath = '/ratelimit';

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly [field: string]: unknown;
}

/** What the manifests are called, and where the files of the test come from. */
export interface ClusterTest {
  readonly name: string;
  readonly isVolume: boolean;
  readonly files: ReadonlyMap<string, string>;
}

/**
 * `kubernetes/1-data.yaml`, the files of the test as a ConfigMap, or a claim of a volume where they are too many; and
 * `kubernetes/2-testrun.yaml`. `runners`: processes that share the requests, each with its segment of them.
 */
export function clusterTest(
  testName: string,
  files: ReadonlyMap<string, string>,
  runners: number,
): ClusterTest {
  const name = `ratelimit-${dnsLabel(testName)}`;
  const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const isVolume = bytes > mostBytesInConfigMap;
  const data = isVolume ? volumeClaim(name, bytes, runners) : configMap(name, files);
  const volume = isVolume
    ? { name: 'test', persistentVolumeClaim: { claimName: name, readOnly: true } }
    : { name: 'test', configMap: { name, items: [...files.keys()].map(itemOf) } };
  return {
    name,
    isVolume,
    files: new Map([
      ['kubernetes/1-data.yaml', stringify(data, manner)],
      ['kubernetes/2-testrun.yaml', stringify(testRun(name, volume, runners), manner)],
    ]),
  };
}

/** Keys of a ConfigMap know no folders, but a volume of it can put them into some. */
function itemOf(path: string) {
  return { key: path.replaceAll('/', '.'), path };
}

function configMap(name: string, files: ReadonlyMap<string, string>): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name },
    data: Object.fromEntries([...files].map(([path, text]) => [itemOf(path).key, text])),
  };
}

function volumeClaim(name: string, bytes: number, runners: number): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: {
      accessModes: [runners > 1 ? 'ReadWriteMany' : 'ReadWriteOnce'], // runners may be on several nodes
      resources: { requests: { storage: `${Math.ceil((2 * bytes) / 2 ** 20)}Mi` } },
    },
  };
}

function testRun(name: string, volume: unknown, runners: number): Manifest {
  return {
    apiVersion: 'k6.io/v1alpha1',
    kind: 'TestRun',
    metadata: { name },
    spec: {
      parallelism: runners,
      script: { localFile: `${mountPath}/script.js` },
      initializer: { disabled: true }, // it would load the script without the variables of the Secret
      runner: {
        image: k6Image,
        envFrom: [{ secretRef: { name } }], // RL_TARGET, RL_AUTHORIZATION, …
        ...(runners > 1 && { env: [{ name: 'RL_SHARDED', value: '1' }] }),
        volumes: [volume],
        volumeMounts: [{ name: 'test', mountPath, readOnly: true }],
      },
    },
  };
}
