/** A cluster behind TLS whose certificate is made out to a name, as managed services have them. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort, TestRedis, until } from '../../src/stores/testing/redis-server.ts';
import { tool } from '../tool.ts';
import { ratelimit, temporaryFolder } from './program.ts';

const openssl = tool(['openssl'], 'openssl');
const folder = temporaryFolder('tls');
const file = (name: string) => join(folder, name);
let server: TestRedis;
let tlsPort: number;

/** An authority, and a certificate by it for `localhost` and no address. */
function makeCertificate(): void {
  const run = (...args: string[]) => execFileSync(openssl, args, { cwd: folder, stdio: 'pipe' });
  const key = (name: string) => ['-newkey', 'rsa:2048', '-nodes', '-keyout', name];
  writeFileSync(file('names'), 'subjectAltName=DNS:localhost');
  run('req', '-x509', ...key('ca.key'), '-out', 'ca.pem', '-subj', '/CN=authority');
  run('req', ...key('server.key'), '-out', 'server.csr', '-subj', '/CN=localhost');
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names'];
  run('x509', '-req', '-in', 'server.csr', '-out', 'server.pem', ...signed);
}

beforeAll(async () => {
  makeCertificate();
  tlsPort = await freePort();
  server = await TestRedis.start(
    ...['--tls-port', `${tlsPort}`, '--tls-auth-clients', 'no', '--tls-ca-cert-file', file('ca.pem')],
    ...['--tls-cert-file', file('server.pem'), '--tls-key-file', file('server.key')],
    ...['--cluster-enabled', 'yes', '--tls-cluster', 'yes'],
    ...['--cluster-announce-hostname', 'localhost', '--cluster-preferred-endpoint-type', 'hostname'],
  );
  const redis = new Redis(server.port);
  await redis.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
  await until(async () => /cluster_state:ok/.test(`${await redis.cluster('INFO')}`));
  redis.disconnect();
});
afterAll(() => server?.stop());

test('rediss-cluster:// holds the nodes to their names', async () => {
  const flags = ['compare', '--limit', '5/1s', '--algorithms', 'gcra', '--keys', '10', '--duration', '1s'];
  const store = ['--store', `rediss-cluster://localhost:${tlsPort}`];
  const { stderr, code } = await ratelimit([...flags, ...store, '--quiet'], '', {
    NODE_EXTRA_CA_CERTS: file('ca.pem'),
  });
  expect(stderr).toBe('');
  expect(code).toBe(0);
});
