import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsFor } from '../../../algorithms/testing/law.ts';
import { Coordinator } from './coordinator.ts';
import { equalShare, fairShare, proportionalShare, shareRules } from './shares.ts';

describe('doorman, doc/algorithms.md: a capacity of 120, wanted 1000, 50 and 10', () => {
  test.each([
    ['proportional', proportionalShare, [69.69, 40.31, 10]],
    ['fair', fairShare, [60, 50, 10]],
    ['equal', equalShare, [40, 40, 10]],
  ])('%s', (_, rule, expected) => {
    const shares = rule(120, [1000, 50, 10]);
    expect(shares.map((share) => Number(share.toFixed(2)))).toEqual(expected);
  });
});

const wants = fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 1, maxLength: 12 });

test.each(Object.entries(shareRules))(
  '%s: no more than there is, and nobody more than it wants',
  (_, rule) => {
    holdsFor(fc.tuple(fc.double({ min: 0.1, max: 500, noNaN: true }), wants), ([capacity, wants]) => {
      const shares = rule(capacity, wants);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(capacity * (1 + 1e-9));
      shares.forEach((share, at) => {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(wants[at] * (1 + 1e-9));
      });
    });
  },
);

describe('a coordinator', () => {
  const steps = fc.array(
    fc.record({ holder: fc.nat(3), wants: fc.double({ min: 0, max: 2, noNaN: true }), waitUs: fc.nat(900) }),
    { maxLength: 60 },
  );

  test('never has more leased out than there is', () => {
    holdsFor(steps, (steps) => {
      const coordinator = new Coordinator(fairShare, 1000, 4);
      const held = [0, 1, 2, 3].map(() => ({ share: 0, untilUs: 0 }));
      let nowUs = 0;
      for (const { holder, wants, waitUs } of steps) {
        nowUs += waitUs;
        const share = coordinator.renew(holder, 7, wants, held[holder].share, 1, nowUs);
        held[holder] = { share, untilUs: nowUs + 1000 };
        const live = held
          .filter(({ untilUs }) => untilUs > nowUs)
          .reduce((sum, lease) => sum + lease.share, 0);
        expect(live).toBeLessThanOrEqual(1 + 1e-9);
      }
    });
  });

  test('who comes late waits until the others have come back', () => {
    const coordinator = new Coordinator(fairShare, 1000, 2);
    expect(coordinator.renew(0, 7, 1, 0, 1, 0)).toBe(1);
    expect(coordinator.renew(1, 7, 1, 0, 1, 10)).toBe(0);
    expect(coordinator.renew(0, 7, 1, 1, 1, 20)).toBe(0.5);
    expect(coordinator.renew(1, 7, 1, 0, 1, 30)).toBe(0.5);
  });

  test('a new leader repeats what holders have until it has learned', () => {
    const coordinator = new Coordinator(fairShare, 1000, 2);
    coordinator.changeLeader(0);
    expect(coordinator.renew(0, 7, 1, 0.25, 1, 10)).toBe(0.25);
    expect(coordinator.renew(0, 7, 1, 0.25, 1, 1010)).toBe(1);
  });
});
