import { describe, expect, test } from 'vitest';
import { parsePrices, providers, shippedPrices } from './prices.ts';

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

  test.each([
    ['usd_per_month: 40', 'usd_per_month: forty', /own\.yaml: redis_nodes\[0\]\.usd_per_month: /],
    ['memory: 8GiB', 'memory: much', /own\.yaml: redis_nodes\[0\]\.memory: "much" is not a size/],
    ['source: invoice, ', '', /own\.yaml: redis_nodes\[0\]\.source: /],
    ['stack: []', 'stack: [', /own\.yaml: cannot be read as YAML/],
  ])('%s as %s is refused by its field', (right, wrong, message) => {
    expect(() => parsePrices(own.replace(right, wrong), 'own.yaml')).toThrow(message);
  });
});
