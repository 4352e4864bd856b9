import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { ServiceError } from '../../errors.ts';
import { startEmbeddedRedis } from './embedded.ts';
import { openRedis } from './index.ts';

test('a server that refuses one of several connections is left by the others', async () => {
  const server = await startEmbeddedRedis(['--maxclients', '4']);
  try {
    const options = { prefix: 'ratelimit:test:', timeoutMs: 2000, connections: 8, env: {} };
    await expect(openRedis(`unix://${server.socketPath}`, options)).rejects.toThrow(ServiceError);
    const client = new Redis(server.socketPath).on('error', () => {}); // refused while the others are still there
    await expect.poll(async () => (await client.client('LIST')) as string).toMatch(/^[^\n]+\n$/); // its own line
    client.disconnect();
  } finally {
    await server.stop();
  }
});
