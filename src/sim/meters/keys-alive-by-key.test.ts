import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdsFor } from '../../algorithms/testing/law.ts';
import { quota, type Request } from '../../algorithms/testing/limiters.ts';
import { traffic } from '../../algorithms/testing/traffic.ts';
import { inBatches, testKeys } from '../testing/batches.ts';
import { KeysAlive } from './keys-alive.ts';
import { KeysAliveByKey } from './keys-alive-by-key.ts';

const decisionsFor = (requests: readonly Request[]) => requests.map(() => ({ waitUs: 0, delayUs: 0 }));

function mostInTime(ttlUs: number, requests: readonly Request[]): number {
  const meter = new KeysAlive(ttlUs);
  inBatches(requests, decisionsFor(requests), [], (arrivals) => meter.measure(arrivals));
  return meter.most;
}

/** `endsUs`: where stretches end, in any order. */
function mostByKey(
  ttlUs: number,
  requests: readonly Request[],
  endsUs: readonly number[],
  cuts: readonly number[],
) {
  const meter = new KeysAliveByKey(ttlUs);
  let fromUs = 0;
  for (const untilUs of [...endsUs, requests[requests.length - 1].atUs + 1].sort((a, b) => a - b)) {
    const rows = requests
      .filter(({ atUs }) => atUs >= fromUs && atUs < untilUs)
      .sort((a, b) => a.key - b.key);
    if (rows.length > 0) inBatches(rows, decisionsFor(rows), cuts, (arrivals) => meter.measure(arrivals));
    meter.endStretch(untilUs);
    fromUs = untilUs;
  }
  return meter.most;
}

// 10 ms and 1 s cut into slots without rest; 7 s does not; 30 µs is below a slot of 1 µs
test.each(['5/10ms', '5/1s', '7/7s', '3/30us'])(
  'KeysAliveByKey is what KeysAlive is in the order of time, wherever stretches end, under %s',
  (text) => {
    const each = quota(text);
    const ends = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 });
    const cuts = fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 3 });
    holdsFor(
      fc.tuple(traffic(each, { keys: testKeys, maxLength: 60 }), ends, cuts),
      ([requests, shares, cuts]) => {
        const lastUs = requests[requests.length - 1].atUs;
        const endsUs = shares.map((share) => Math.floor(share * lastUs));
        const byKey = mostByKey(each.periodUs, requests, endsUs, cuts);
        expect(byKey).toBe(mostInTime(each.periodUs, requests));
      },
      300,
    );
  },
);

test('KeysAliveByKey measures what has not too many slots', () => {
  expect(KeysAliveByKey.measures(64e6, 2 ** 20 * 1e6)).toBe(true);
  expect(KeysAliveByKey.measures(64e6, 2 ** 20 * 1e6 + 1)).toBe(false);
});
