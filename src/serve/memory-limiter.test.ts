import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Case, cases } from '../algorithms/testing/cases.ts';
import { holdsInTimeFor } from '../algorithms/testing/law.ts';
import { quota, type Request } from '../algorithms/testing/limiters.ts';
import { traffic } from '../algorithms/testing/traffic.ts';
import { openStore } from '../stores/index.ts';
import type { Store, StoreDecision } from '../stores/store.ts';
import {
  burst,
  decideTogether,
  decideVirtually,
  rowNamed,
  rowOf,
  testPrefix,
} from '../stores/testing/rows.ts';
import { MemoryLimiter } from './memory-limiter.ts';

const room = 1000;
const served = cases.filter(({ algorithm }) => !algorithm.needsDurations);

/** What is new in a bucket when it is made matters again after its time to live; as in every store, and unlike a run. */
const startsAnew = ({ params }: Case) => params.initial !== undefined || params.refill === 'interval';

function later<T extends { readonly atUs: number }>(rows: readonly T[], byUs: number): T[] {
  return rows.map((row) => ({ ...row, atUs: row.atUs + byUs }));
}

function withoutStandings(decisions: readonly StoreDecision[]): StoreDecision[] {
  return decisions.map(({ standings: _, ...decision }) => decision);
}

describe('in memory', () => {
  test.each(served.filter((each) => !startsAnew(each)).map((each) => [each.name, each] as const))(
    '%s: decides as on the virtual clock, whatever it forgets',
    async (_, each) => {
      const { epochUs } = each;
      const law = async (requests: Request[]) => {
        const limiter = new MemoryLimiter(rowOf(each), epochUs, room);
        const decisions = await decideTogether(limiter, later(requests, epochUs));
        const virtual = later(decideVirtually(each.create(), requests), epochUs);
        expect(withoutStandings(decisions)).toEqual(virtual);
      };
      await holdsInTimeFor(traffic(each.quota, { epochUs, keys: 3, maxLength: 60 }), law, 10);
    },
  );

  test('of several limits all must pass, nothing is taken unless all do, and each is told', async () => {
    const row = { ...rowNamed('fixed-window', '3/1m'), quotas: [quota('3/1m'), quota('4/1h')] };
    const limiter = new MemoryLimiter(row, 0, room);
    const ask = (nowUs: number, cost: number) =>
      limiter.decide({ limits: [0, 1], names: ['minute', 'hour'], nowUs, cost, durationUs: 0 });
    expect(await ask(0, 3)).toMatchObject({
      allowed: true,
      remaining: 0,
      standings: [
        { remaining: 0, moreInUs: 60e6 },
        { remaining: 1, moreInUs: 3600e6 },
      ],
    });
    expect(await ask(1e6, 1)).toMatchObject({ allowed: false, retryAfterUs: 59e6, remaining: 0 });
    expect(await ask(60e6, 2)).toMatchObject({ allowed: false, retryAfterUs: 3540e6, remaining: 1 });
    expect(await ask(60e6, 1)).toMatchObject({ allowed: true });
  });

  test('when there is no room, the state that was idle longest is forgotten', async () => {
    const limiter = new MemoryLimiter(rowNamed('gcra', '1/1h'), 0, 2);
    const ask = (key: number) => ({ ...burst([1])[0], key });
    const decisions = await decideTogether(limiter, [0, 1, 0, 2, 1, 2].map(ask), String);
    expect(decisions.map(({ allowed }) => allowed)).toEqual([true, true, false, true, true, false]);
  });
});

describe('in Redis', () => {
  const todayUs = 1_764_000_000_123_457; // so large that ticks of a fraction of a microsecond would not be exact
  const awkward = served.filter((each) => !startsAnew(each) && each.quota.limit === 7); // does not divide the minute
  let store: Store;

  beforeAll(async () => {
    const options = { prefix: testPrefix, timeoutMs: 5000, connections: 1, env: process.env };
    store = await openStore('redis:embedded', options);
  });

  afterAll(() => store?.close());

  test.each(awkward.map((each) => [each.name, each] as const))(
    '%s: decides and tells as in memory, also at the time of day',
    async (_, each) => {
      const row = { ...rowOf(each), context: { epochUs: 0 }, tellsStandings: true };
      const inRedis = await store.open(row);
      const law = async (requests: Request[]) => {
        const today = later(requests, todayUs);
        const inMemory = new MemoryLimiter(row, todayUs, room);
        expect(await decideTogether(inRedis, today)).toEqual(await decideTogether(inMemory, today));
      };
      await holdsInTimeFor(traffic(each.quota, { epochUs: todayUs, keys: 2, maxLength: 40 }), law, 5);
    },
  );
});
