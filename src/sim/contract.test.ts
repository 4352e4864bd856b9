import { expect, test } from 'vitest';
import { holdsFor } from '../algorithms/testing/law.ts';
import { quota } from '../algorithms/testing/limiters.ts';
import { traffic } from '../algorithms/testing/traffic.ts';
import { contractKinds, contractOf, describeContract, referenceLimiter } from './contract.ts';
import { parseRules } from './rule.ts';
import { type Admission, allows } from './testing/audit-model.ts';

test.each([
  ['100/1m', 'window'],
  ['100/1m,burst=20', 'bucket'],
  ['100/1m,burst=100', 'bucket'],
])('%s speaks of the contract %s when none is named', (text, kind) =>
  expect(contractOf(parseRules(text)[0])).toBe(kind),
);

test.each(contractKinds)('the oracle of %s admits what its contract allows, and nothing else', (kind) => {
  const epochUs = 1_764_000_000_123_457;
  for (const text of ['5/1500ms,burst=3', '2/3us,burst=5', '7/1m']) {
    const [rule] = parseRules(text);
    holdsFor(traffic(quota(text.split(',')[0], rule.quota.burst), { epochUs, maxLength: 40 }), (requests) => {
      const limiter = referenceLimiter(kind, rule, { epochUs });
      limiter.reserve(1);
      const history: Admission[] = [];
      for (const request of requests.filter(({ cost }) => cost > 0)) {
        const allowed = allows(kind, rule, epochUs, history, request);
        expect(limiter.waitUs(0, request.atUs, request.cost) === 0).toBe(allowed);
        if (!allowed) continue;
        limiter.take(0, request.atUs, request.cost, 0);
        history.push(request);
      }
    });
  }
});

test('a result names the contract with its numbers', () => {
  const [rule] = parseRules('100/1m,burst=20,per=tenant');
  const numbers = { limit: 100, per: 'tenant' };
  expect(describeContract('window', rule)).toEqual({ kind: 'window', window_us: 60e6, ...numbers });
  expect(describeContract('calendar', { ...rule, tenant: 'gold' })).toEqual({
    kind: 'calendar',
    window_us: 60e6,
    tenant: 'gold',
    ...numbers,
  });
  expect(describeContract('bucket', rule)).toEqual({
    kind: 'bucket',
    period_us: 60e6,
    burst: 20,
    ...numbers,
  });
});
