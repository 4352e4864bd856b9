import { describe, expect, test } from 'vitest';
import { type Case, cases } from '../../algorithms/testing/cases.ts';
import { holdsInTimeFor } from '../../algorithms/testing/law.ts';
import type { Request } from '../../algorithms/testing/limiters.ts';
import { traffic } from '../../algorithms/testing/traffic.ts';
import type { Store } from '../store.ts';
import { decideInTurn, decideTogether, decideVirtually, rowOf } from './rows.ts';

/** The ways to decide that an algorithm has in a store, by the name of each. */
type WaysOf = (each: Case) => Readonly<Record<string, unknown>>;

/**
 * Every way to decide in a store answers as the limiter on the virtual clock does: the atomic one with all requests under
 * way at once, the others while nobody gets in between.
 */
export function describeTwins(storeOf: () => Store, waysOf: WaysOf, tries: number): void {
  const rows = cases.flatMap((each) =>
    Object.keys(waysOf(each)).map((access) => [each.name, access, each] as const),
  );

  describe.each(rows)('%s, access=%s', (_, access, each) => {
    test('decides in the store as on the virtual clock, request by request', async () => {
      const limiter = await storeOf().open(rowOf(each, access));
      const decide = access === 'atomic' ? decideTogether : decideInTurn;
      const law = async (requests: Request[]) => {
        expect(await decide(limiter, requests)).toEqual(decideVirtually(each.create(), requests));
      };
      await holdsInTimeFor(
        traffic(each.quota, { epochUs: each.epochUs, keys: 2, maxLength: 60 }),
        law,
        tries,
      );
    });
  });
}
