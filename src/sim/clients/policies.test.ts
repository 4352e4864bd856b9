/** When each policy asks again: one unit a second is promised to a client that wants two at once. */
import { describe, expect, test } from 'vitest';
import { requestsAt } from '../deployment/testing.ts';
import { attemptsAtMs, resultWith } from './testing.ts';

const two = requestsAt('0s', '0s');
const rt = 'round_trip=10ms';

test.each([
  // clients, instants of all attempts in ms
  ['none', [0, 0]],
  ['immediate:max_attempts=4', [0, 0, 10, 20, 30]],
  ['fixed:wait=100ms:max_attempts=4', [0, 0, 110, 220, 330]],
  ['exponential:jitter=none:base=100ms:max_attempts=4', [0, 0, 110, 320, 730]],
  ['exponential:jitter=none:base=100ms:max=150ms:max_attempts=4', [0, 0, 110, 270, 430]],
  ['retry-after', [0, 0, 1010]],
])('%s', async (clients, instants) => {
  expect(attemptsAtMs(await resultWith(`${clients}:${rt}`, two))).toEqual(instants);
});

test('a client stops when it has waited long enough', async () => {
  const result = await resultWith(`fixed:wait=100ms:give_up_after=300ms:${rt}`, two);
  expect(attemptsAtMs(result)).toEqual([0, 0, 110, 220]);
  expect(result.clients).toMatchObject({ offered: 2, done: 1, abandoned: 1, attempts: 4, retries: 2 });
});

test('a client that does one thing at a time asks for the next a round trip after the answer', async () => {
  const result = await resultWith(`immediate:in_flight=1:${rt}`, requestsAt('0s', '0s', '0s'), {
    limit: '9/1s',
  });
  expect(attemptsAtMs(result)).toEqual([0, 10, 20]);
});

test('work whose turn does not come in time is never asked for', async () => {
  const given = { limit: '9/1s' };
  const result = await resultWith(
    `none:in_flight=1:give_up_after=15ms:${rt}`,
    requestsAt('0s', '0s', '0s'),
    given,
  );
  expect(attemptsAtMs(result)).toEqual([0, 10]);
  expect(result.clients).toMatchObject({ offered: 3, done: 2, abandoned: 1, attempts: 2, retries: 0 });
});

test('what is admitted when nobody wants it any more is wasted', async () => {
  const given = { topology: 'central:network=10ms:service=0s:timeout=1s' };
  const result = await resultWith('none:give_up_after=15ms', requestsAt('0s'), given);
  expect(result).toMatchObject({ admitted: 1, clients: { done: 0, abandoned: 1, wasted_cost: 1 } });
});

describe('jitter', () => {
  const times = async (jitter: string) => {
    const result = await resultWith(
      `exponential:jitter=${jitter}:base=1s:max_attempts=2:${rt}`,
      manyAtOnce(200),
    );
    return attemptsAtMs(result).slice(200);
  };

  test('full is anywhere from 0 to the wait', async () => {
    const instants = await times('full');
    expect(Math.min(...instants)).toBeLessThan(100);
    expect(Math.max(...instants)).toBeGreaterThan(900);
    expect(Math.max(...instants)).toBeLessThanOrEqual(1010);
  });

  test('equal is in the upper half of the wait', async () => {
    const instants = await times('equal');
    expect(Math.min(...instants)).toBeGreaterThanOrEqual(510);
    expect(Math.max(...instants)).toBeLessThanOrEqual(1010);
  });

  test('decorrelated is from the base to three times the last wait', async () => {
    const instants = await times('decorrelated');
    expect(Math.min(...instants)).toBeGreaterThanOrEqual(1010);
    expect(Math.max(...instants)).toBeGreaterThan(2800);
    expect(Math.max(...instants)).toBeLessThanOrEqual(3010);
  });

  test('of retry-after comes on top of what was told', async () => {
    const result = await resultWith(`retry-after:jitter=500ms:max_attempts=2:${rt}`, manyAtOnce(200));
    const instants = attemptsAtMs(result).slice(200);
    expect(Math.min(...instants)).toBeGreaterThanOrEqual(1010);
    expect(Math.max(...instants)).toBeGreaterThan(1400);
    expect(Math.max(...instants)).toBeLessThanOrEqual(1510);
  });
});

/** One more than is refused, of one client at time 0. */
function manyAtOnce(count: number) {
  return requestsAt(...new Array<string>(count).fill('0s'));
}

describe('retry-after', () => {
  // 1/1s from 300 ms on: the window of the second ends 700 ms later
  const refused = requestsAt('300ms', '300ms');
  const given = { algorithms: 'fixed-window' };

  test('is told in whole seconds, rounded up', async () => {
    expect(attemptsAtMs(await resultWith(`retry-after:${rt}`, refused, given))).toEqual([300, 300, 1310]);
  });

  test('or exactly', async () => {
    const result = await resultWith(`retry-after:whole_seconds=false:${rt}`, refused, given);
    expect(attemptsAtMs(result)).toEqual([300, 300, 1010]);
  });

  test('waits by itself where nothing is told', async () => {
    const dear = [{ atUs: 0, key: 0, cost: 2, durationUs: 0 }]; // two units never fit into one
    const result = await resultWith(`retry-after:otherwise=200ms:max_attempts=3:${rt}`, dear, given);
    expect(attemptsAtMs(result)).toEqual([0, 210, 420]);
  });
});

describe('ratelimit-headers', () => {
  const exact = 'ratelimit-headers:whole_seconds=false';

  test('spreads what is left of a window over its rest', async () => {
    const given = { limit: '5/1s', algorithms: 'fixed-window' };
    // after the first 4 are left for 1 s: every 200 ms
    const result = await resultWith(exact, requestsAt('0s', '0s', '0s', '0s', '0s', '0s'), given);
    expect(attemptsAtMs(result)).toEqual([0, 200, 400, 600, 800, 1000]);
    expect(result.clients.retries).toBe(0);
  });

  test('goes at the rate of a bucket that is empty, without a refusal', async () => {
    const works = requestsAt(...new Array<string>(30).fill('0s'));
    const { clients } = await resultWith(exact, works, { limit: '10/1s' });
    expect(clients).toMatchObject({ done: 30, retries: 0 });
    expect(clients.time_to_done?.max_us).toBeGreaterThan(1.9e6); // a burst of 10, then 20 at 10/s
    expect(clients.time_to_done?.max_us).toBeLessThan(3.1e6);
  });
});
