import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsFor } from '../../algorithms/testing/law.ts';
import { quota, type Request } from '../../algorithms/testing/limiters.ts';
import { traffic } from '../../algorithms/testing/traffic.ts';
import { inBatches, testKeys } from '../testing/batches.ts';
import { cutsArbitrary } from '../testing/decided.ts';
import { KeysAlive } from './keys-alive.ts';

const slots = 64;

/** Keys asked about within the TTL, counted at each request; that is when the number is largest. */
function mostByHand(requests: readonly Request[], isAlive: (ageUs: number) => boolean): number {
  const aliveAt = (nowUs: number, upTo: number) =>
    new Set(
      requests
        .slice(0, upTo + 1)
        .filter(({ atUs }) => isAlive(nowUs - atUs))
        .map(({ key }) => key),
    ).size;
  return Math.max(...requests.map(({ atUs }, row) => aliveAt(atUs, row)));
}

function mostOf(ttlUs: number, requests: readonly Request[], cuts: readonly number[]): number {
  const meter = new KeysAlive(ttlUs);
  const decisions = requests.map(() => ({ waitUs: 0, delayUs: 0 }));
  inBatches(requests, decisions, cuts, (arrivals) => meter.measure(arrivals));
  return meter.most;
}

describe('KeysAlive', () => {
  // 10 ms and 1 s cut into slots without rest; 7 s does not; 30 µs is below a slot of 1 µs
  test.each(['5/10ms', '5/1s', '7/7s', '3/30us'])('is exact within one slot of the TTL, under %s', (text) => {
    const each = quota(text);
    const ttlUs = each.periodUs;
    const slotUs = Math.max(1, ttlUs / slots);
    const arbitrary = fc.tuple(traffic(each, { keys: testKeys, maxLength: 60 }), cutsArbitrary);
    holdsFor(
      arbitrary,
      ([requests, cuts]) => {
        const most = mostOf(ttlUs, requests, cuts);
        expect(most).toBeGreaterThanOrEqual(mostByHand(requests, (ageUs) => ageUs <= ttlUs));
        expect(most).toBeLessThanOrEqual(mostByHand(requests, (ageUs) => ageUs < (slots + 1) * slotUs));
      },
      150,
    );
  });

  test('goes on where the numbers of the slots would not fit into 32 bits', () => {
    const at = (atUs: number, key: number): Request => ({ atUs, key, cost: 1, durationUs: 0 });
    for (const turn of [2 ** 31, 2 ** 32, 2 ** 33, 2 ** 50]) {
      for (let us = turn - 3 * slots; us < turn + slots; us++) {
        const around = [at(us, 0), at(us + 7, 1), at(us + 40, 2), at(us + 41, 0)];
        const requests = [at(0, 5), ...around, at(us + 140, 1)];
        expect(mostOf(slots, requests, [4])).toBe(mostByHand(requests, (ageUs) => ageUs <= slots));
      }
    }
  });

  test('all keys are forgotten in a rest longer than the TTL, in whichever slot it ends', () => {
    const at = (atUs: number, key: number): Request => ({ atUs, key, cost: 1, durationUs: 0 });
    const slotUs = 1000;
    for (let rest = slots + 1; rest <= 3 * slots; rest++) {
      const backUs = rest * slotUs;
      expect(mostOf(slots * slotUs, [at(0, 0), at(0, 1), at(backUs, 2), at(backUs, 0)], [])).toBe(2);
    }
  });
});
