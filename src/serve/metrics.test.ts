import { expect, test } from 'vitest';
import { BoundedLabel } from './metrics.ts';

test('the first values are kept, and stay; each other one is "other"', () => {
  const label = new BoundedLabel(2);
  const values = ['acme', 'zeta', 'acme', 'omega', 'zeta'];
  expect(values.map((value) => label.of(value))).toEqual(['acme', 'zeta', 'acme', 'other', 'zeta']);
});

test('a value that is very long is not kept', () => {
  const label = new BoundedLabel(2);
  expect([label.of('x'.repeat(101)), label.of('x'.repeat(100))]).toEqual(['other', 'x'.repeat(100)]);
});
