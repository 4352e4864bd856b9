import { expect, test } from 'vitest';
import { storeErrorOf } from './errors.ts';

test.each([
  ["READONLY You can't write against a read only replica.", 'READONLY'],
  ['LOADING Redis is loading the dataset in memory', 'LOADING'],
  ["OOM command not allowed when used memory > 'maxmemory'. script: ab12, on @user_script:9.", 'OOM'],
  // Redis 6 wraps what a script ran into
  [
    "ERR Error running script (call to f_ab): @user_script:9: -OOM command not allowed when used memory > 'maxmemory'.",
    'OOM',
  ],
  ['CLUSTERDOWN The cluster is down', 'CLUSTERDOWN'],
  ['NOPERM this user has no permissions to run the evalsha command', 'NOPERM'],
  ['Reached the max retries per request limit (which is 0). Refer to "maxRetriesPerRequest".', 'connection'],
  ["Stream isn't writeable and enableOfflineQueue options is false", 'connection'],
  ['Connection is closed.', 'connection'],
  ['something that nobody has seen', 'error'],
])('%s is counted as %s', (message, kind) => expect(storeErrorOf(new Error(message)).kind).toBe(kind));

test('a connection that died of silence is a time-out', () => {
  const diedOf = new Error("Socket timeout. Expecting data, but didn't receive any in 5000ms.");
  expect(storeErrorOf(new Error('Reached the max retries per request limit'), diedOf).kind).toBe('timeout');
  expect(storeErrorOf(new Error('READONLY no'), diedOf).kind).toBe('READONLY'); // what the server said goes before
});
