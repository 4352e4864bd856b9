import { describe, expect, test } from 'vitest';
import { billFor } from './bill.ts';
import { parsePrices, providers, shippedPrices } from './prices.ts';
import type { PlanRow } from './result.ts';

const own = `
name: own
as_of: 2026-01-31
discounts: { reserved: 0.3, spot: 0.5 }
redis_nodes:
  - { name: box, usd_per_month: 40, memory: 8GiB, network_gbit_per_s: 1, source: invoice, as_of: 2026-01-31 }
stack: []
`;

describe('prices', () => {
  test.each(providers)('those of %s can be read, and each says when and where from', async (provider) => {
    const { redis_nodes, stack, instead } = await shippedPrices(provider);
    for (const { source, as_of } of [...redis_nodes, ...stack, ...instead]) {
      expect(source).not.toBe('');
      expect(as_of).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });

  test('one of your own: sizes as people write them', () => {
    const [box] = parsePrices(own, 'own.yaml').redis_nodes;
    expect(box).toMatchObject({ memory_bytes: 8 * 2 ** 30, network_bits_per_s: 1e9 });
  });

  test('what is paid by the request may cost less and less', () => {
    const tiers = '[{ millions: 333, usd: 3.5 }, { millions: 667, usd: 2.8 }, { usd: 1 }]';
    const item = `stack: [{ what: calls, usd_per_million_requests: ${tiers}, source: us, as_of: 2026-01-31 }]`;
    const prices = parsePrices(own.replace('stack: []', item), 'own.yaml');
    const billAt = (millions: number) => {
      const ratePerSecond = (millions * 1e6) / (730 * 3600);
      const row = { node: 'box', nodes: 0, load: { decisions_per_s: ratePerSecond } } as PlanRow; // all that a bill looks at
      return billFor(row, prices, 'on-demand').usd_per_month;
    };
    expect(billAt(100)).toBeCloseTo(350, 6);
    expect(billAt(1500)).toBeCloseTo(333 * 3.5 + 667 * 2.8 + 500, 6);
    expect(() =>
      parsePrices(own.replace('stack: []', item.replace('millions: 333, ', '')), 'own.yaml'),
    ).toThrow(/own\.yaml:7: stack\[0\]/);
  });

  test.each([
    ['usd_per_month: 40', 'usd_per_month: forty', /own\.yaml:6: redis_nodes\[0\]\.usd_per_month: /],
    ['memory: 8GiB', 'memory: much', /own\.yaml:6: redis_nodes\[0\]\.memory: "much" is not a size/],
    ['source: invoice, ', '', /own\.yaml:6: redis_nodes\[0\]\.source: /],
    ['stack: []', 'stack: [', /own\.yaml:8: /],
    ['stack: []', 'stack: &a [*a]', /own\.yaml:7: \*a stands within what it repeats/],
  ])('%s as %s is refused by its field', (right, wrong, message) => {
    expect(() => parsePrices(own.replace(right, wrong), 'own.yaml')).toThrow(message);
  });
});
