import { describe, expect, test } from 'vitest';
import { UsageError } from '../../errors.ts';
import { parseRedisAddress, withoutPassword } from './address.ts';

const plain = { tls: false };

describe('the address of a Redis', () => {
  test.each([
    ['redis://localhost', { kind: 'single', host: { host: 'localhost', port: 6379 }, db: 0, ...plain }],
    ['redis://10.0.0.1:7000/3', { kind: 'single', host: { host: '10.0.0.1', port: 7000 }, db: 3, ...plain }],
    ['redis://[::1]:7000', { kind: 'single', host: { host: '::1', port: 7000 }, db: 0, ...plain }],
    [
      'rediss://me:a%40b:c@db.example:6380/0',
      {
        kind: 'single',
        host: { host: 'db.example', port: 6380 },
        db: 0,
        tls: true,
        username: 'me',
        password: 'a@b:c',
      },
    ],
    [
      'redis-cluster://:secret@a:7000,b',
      {
        kind: 'cluster',
        hosts: [
          { host: 'a', port: 7000 },
          { host: 'b', port: 6379 },
        ],
        ...plain,
        password: 'secret',
      },
    ],
    [
      'redis-sentinel://a,b:1/main',
      {
        kind: 'sentinel',
        hosts: [
          { host: 'a', port: 26_379 },
          { host: 'b', port: 1 },
        ],
        master: 'main',
        ...plain,
      },
    ],
    ['unix:///run/redis/redis.sock', { kind: 'socket', path: '/run/redis/redis.sock' }],
    ['redis:embedded', { kind: 'embedded' }],
    ['mock', { kind: 'mock' }],
  ])('%s', (text, address) => expect(parseRedisAddress(text)).toEqual(address));

  test('the password may come from the environment, as for redis-cli; the one in the address goes before', () => {
    const env = { REDISCLI_AUTH: 'from-env' };
    expect(parseRedisAddress('redis://localhost', env)).toMatchObject({ password: 'from-env' });
    expect(parseRedisAddress('redis://:own@localhost', env)).toMatchObject({ password: 'own' });
  });

  test.each([
    ['redis://', /names no host/],
    ['redis:', /is not the address of a store/],
    ['redis://a,b', /more than one server; a cluster is redis-cluster/],
    ['redis://a:99999', /port 99999/],
    ['redis://a/x', /"\/x" where a database number belongs/],
    ['redis-cluster://a/1', /names a database/],
    ['redis-sentinel://a', /does not name the master/],
    ['http://a', /starts with http:\/\//],
  ])('%s is refused in words', (text, message) => {
    expect(() => parseRedisAddress(text)).toThrow(UsageError);
    expect(() => parseRedisAddress(text)).toThrow(message);
  });

  test('no message shows a password', () => {
    expect(withoutPassword('redis://me:hunter2@host:1/0')).toBe('redis://…@host:1/0');
    expect(withoutPassword('redis://:p@ss@word@host')).toBe('redis://…@host');
    expect(() => parseRedisAddress('redis://:hunter2@host/x')).not.toThrow(/hunter2/);
  });
});

test.each(['redis://me:se%cret@host', 'redis://me:%ff@host'])(
  '%s is refused in words, and without its password',
  (text) => {
    const refused = () => parseRedisAddress(text);
    expect(refused).toThrow(UsageError);
    expect(refused).toThrow(/^--store redis:\/\/…@host: has a % before the @/);
  },
);
