import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Quota } from '../../algorithms/algorithm.ts';
import { type Case, cases } from '../../algorithms/testing/cases.ts';
import { holdsFor } from '../../algorithms/testing/law.ts';
import { decideAllByHand, quota } from '../../algorithms/testing/limiters.ts';
import { traffic } from '../../algorithms/testing/traffic.ts';
import { type ContractKind, contractKinds } from '../contract.ts';
import type { Rule } from '../rule.ts';
import { type Audited, auditByHand, entityOf } from '../testing/audit-model.ts';
import { inBatches } from '../testing/batches.ts';
import { cutsArbitrary, type Decided, decided } from '../testing/decided.ts';
import { RuleAudit } from './rule-audit.ts';

const scopes = ['key', 'tenant', 'global'] as const;

function ruleOf(quota: Quota, per: Rule['per'] = 'key'): Rule {
  return { quota, per, burstNamed: true };
}

interface Contracted {
  readonly rule: Rule;
  readonly contract: ContractKind;
  readonly epochUs?: number;
  readonly appliesTo?: (tenant: number) => boolean;
}

function audit(contracted: Contracted, rows: readonly Decided[], cuts: readonly number[]): Audited {
  const { rule, contract, epochUs = 0, appliesTo } = contracted;
  const meter = new RuleAudit(rule, contract, { epochUs }, appliesTo);
  const conforming: boolean[] = [];
  inBatches(rows, rows, cuts, (arrivals, decisions) => {
    const marks = new Uint8Array(arrivals.length).fill(1);
    meter.measure(arrivals, decisions, marks);
    conforming.push(...Array.from(marks, (mark) => mark === 1));
  });
  return { conforming, figures: meter.figures() };
}

function expectAsByHand(contracted: Contracted, rows: readonly Decided[], cuts: readonly number[]): void {
  const { rule, contract, epochUs = 0, appliesTo } = contracted;
  const measured = audit(contracted, rows, cuts);
  const wanted = auditByHand(rule, contract, epochUs, rows, appliesTo);
  const { sigma: wantedSigma, ...wantedMaxima } = wanted.figures;
  const { sigma, ...maxima } = measured.figures;
  expect(measured.conforming).toEqual(wanted.conforming);
  expect(maxima).toEqual(wantedMaxima);
  expect(Math.abs(sigma - wantedSigma)).toBeLessThan(1e-6);
}

describe.each(contractKinds)('under the contract %s', (contract) => {
  test.each(cases.map((each) => [each.name, each] as const))('judges %s as by hand', (_, each) => {
    const arbitrary = fc.tuple(
      traffic(each.quota, { keys: 4, maxLength: 40, epochUs: each.epochUs }),
      fc.constantFrom(...scopes),
      cutsArbitrary,
    );
    holdsFor(
      arbitrary,
      ([requests, per, cuts]) => {
        const rule = ruleOf(each.quota, per);
        expectAsByHand({ rule, contract, epochUs: each.epochUs }, decideShared(each, rule, requests), cuts);
      },
      4,
    );
  });

  // spans on both sides of the fixed ones: 1.5 µs units, 20 ms, 1 s itself, 3 s
  test.each(['2/3us', '9/30us', '3/20ms', '5/1s', '4/3s', '0/1s'])(
    'judges decisions that no limiter would make, under %s',
    (text) => {
      const each = quota(text, 3);
      for (const per of scopes) {
        const rule = ruleOf(each, per);
        const rows = decided(each, { delays: true, epochUs: 7, entityOf: (row) => entityOf(rule, row) });
        holdsFor(
          fc.tuple(rows, cutsArbitrary),
          ([rows, cuts]) => expectAsByHand({ rule, contract, epochUs: 7 }, rows, cuts),
          60,
        );
      }
    },
  );

  test('judges bursts across the instants at which logs begin to count anew', () => {
    const rule = ruleOf(quota('5/1s'), 'global'); // all rows of a batch in one run
    const first = { key: 0, cost: 1, durationUs: 0, atUs: 0, waitUs: 0, delayUs: 0, entitled: true };
    holdsFor(
      fc.tuple(decided(rule.quota, { delays: true }), fc.integer({ min: 0, max: 5e6 }), cutsArbitrary),
      ([rows, beforeUs, cuts]) => {
        const later = rows.map((row) => ({ ...row, atUs: row.atUs + 2 ** 32 - beforeUs }));
        expectAsByHand({ rule, contract }, [first, ...later], cuts);
      },
      200,
    );
  });

  test('looks only at the tenants that the rule applies to', () => {
    for (const per of scopes) {
      const rule = ruleOf(quota('3/20ms'), per);
      const appliesTo = (tenant: number) => tenant === 1;
      holdsFor(fc.tuple(decided(rule.quota), cutsArbitrary), ([rows, cuts]) =>
        expectAsByHand({ rule, contract, appliesTo }, rows, cuts),
      );
    }
  });
});

test('a span holds what an earlier batch admitted a microsecond less than its length ago, and nothing older', () => {
  const at = (atUs: number) => ({ key: 0, cost: 1, durationUs: 0, atUs, waitUs: 0, delayUs: 0 });
  const mostAfter = (gapUs: number) => {
    const meter = { rule: ruleOf(quota('5/3s')), contract: 'window' } as const;
    const { figures } = audit(meter, [at(0), at(0), at(gapUs)], [2]);
    return [figures.maxIn10ms, figures.maxIn100ms, figures.maxIn1s, figures.maxInWindow];
  };
  expect([9_999, 10_000, 99_999, 100_000, 999_999, 1e6, 2_999_999, 3e6].map(mostAfter)).toEqual([
    [3, 3, 3, 3],
    [2, 3, 3, 3],
    [2, 3, 3, 3],
    [2, 2, 3, 3],
    [2, 2, 3, 3],
    [2, 2, 2, 3],
    [2, 2, 2, 3],
    [2, 2, 2, 2],
  ]);
});

/** Decisions of one limiter for each entity of the rule. */
function decideShared(each: Case, rule: Rule, requests: Parameters<typeof decideAllByHand>[1]): Decided[] {
  const shared = requests.map((request) => ({ ...request, key: entityOf(rule, request) }));
  const decisions = decideAllByHand(each.create(), shared);
  return requests.map((request, row) => ({ ...request, ...decisions[row] }));
}
