/** Servers behind TLS whose certificate is made out to a name, as managed services have them. */
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
const servers: TestRedis[] = [];

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

/** Answers the port on which it speaks TLS. */
async function startWithTls(...settings: string[]): Promise<{ server: TestRedis; tlsPort: number }> {
  const tlsPort = await freePort();
  const server = await TestRedis.start(
    ...['--tls-port', `${tlsPort}`, '--tls-auth-clients', 'no', '--tls-ca-cert-file', file('ca.pem')],
    ...['--tls-cert-file', file('server.pem'), '--tls-key-file', file('server.key')],
    ...settings,
  );
  servers.push(server);
  return { server, tlsPort };
}

function compareOn(store: string, env: Readonly<Record<string, string>>) {
  const flags = ['compare', '--limit', '5/1s', '--algorithms', 'gcra', '--keys', '10', '--duration', '1s'];
  return ratelimit([...flags, '--store', store, '--quiet'], '', env);
}

const trusting = { NODE_EXTRA_CA_CERTS: file('ca.pem') };

beforeAll(makeCertificate);
afterAll(() => Promise.all(servers.map((server) => server.stop())));

test('rediss:// runs on a server whose authority is trusted', async () => {
  const { tlsPort } = await startWithTls();
  const { stderr, stdout, code } = await compareOn(`rediss://localhost:${tlsPort}`, trusting);
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  expect(stdout).toContain(`rediss://localhost:${tlsPort}`);
});

test('rediss:// refuses a server of an authority that nobody trusts, and one of another name', async () => {
  const { tlsPort } = await startWithTls();
  const untrusted = await compareOn(`rediss://localhost:${tlsPort}`, {});
  expect(untrusted).toMatchObject({
    code: 3,
    stderr: expect.stringMatching(/cannot be used: .*certificate/),
  });
  const misnamed = await compareOn(`rediss://127.0.0.1:${tlsPort}`, trusting);
  expect(misnamed).toMatchObject({ code: 3, stderr: expect.stringMatching(/cannot be used: .*IP/) });
});

test('rediss-cluster:// holds the nodes to their names', async () => {
  const { server, tlsPort } = await startWithTls(
    ...['--cluster-enabled', 'yes', '--tls-cluster', 'yes'],
    ...['--cluster-announce-hostname', 'localhost', '--cluster-preferred-endpoint-type', 'hostname'],
  );
  const redis = new Redis(server.port);
  await redis.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
  await until(async () => /cluster_state:ok/.test(`${await redis.cluster('INFO')}`));
  redis.disconnect();
  const { stderr, code } = await compareOn(`rediss-cluster://localhost:${tlsPort}`, trusting);
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
});
