import { expect, test } from 'vitest';
import { certainOverAdmissions } from './certain.ts';

const quota = { limit: 1, periodUs: 10e6, burst: 1 };

/** How many of the admissions of one key, sent and answered at these seconds, are over for certain. */
function certain(...instants: readonly (readonly [sent: number, answered: number])[]): number {
  const requests = instants.map(([sent, answered]) => {
    return { sentUs: sent * 1e6, answeredUs: answered * 1e6, key: 0, cost: 1, allowed: true };
  });
  const lines = { read: requests.length, used: requests.length, skipped: {} };
  const about = { format: 'by hand', epochUs: 0, hasLatency: true, notes: [] };
  return certainOverAdmissions({ ...about, requests, keys: ['ann'], lines }, quota);
}

test.each([
  [
    'the second of two within a period',
    [
      [0, 1],
      [2, 3],
    ],
    1,
  ],
  [
    'two that may have been decided a period apart',
    [
      [0, 1],
      [9, 10],
    ],
    0,
  ],
  [
    'two that may have been decided in the other order',
    [
      [0, 9],
      [1, 2],
    ],
    0,
  ],
  [
    'one over, which does not count against the third',
    [
      [0, 1],
      [2, 3],
      [11, 12],
    ],
    1,
  ],
  [
    'one beside an answer that comes late',
    [
      [0, 0.1],
      [1, 10.5],
      [2, 2.1],
    ],
    1,
  ],
] as const)('%s', (_, instants, over) => expect(certain(...instants)).toBe(over));
