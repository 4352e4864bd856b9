import { expect, test } from 'vitest';
import { sketch } from './sketch.ts';

test('a drawing in signs: the least at the bottom, marks below the first, the middle and the last value', () => {
  const lines = sketch([0, 1, 2, 3, 4], (value) => `${value.toFixed(1)} B`, ['a', 'mid', 'z']);
  expect(lines).toHaveLength(8);
  expect(lines[0]).toMatch(/^4\.0 B ┼ {48}╭─{6}$/);
  expect(lines[6]).toMatch(/^0\.0 B ┼─{6}╯$/);
  expect(lines[7]).toMatch(/^ {7}a {25}mid {26}z$/);
});

test('what there is none of is at zero, also where that is everywhere', () => {
  const lines = sketch([null, null, null], (value) => `${Number(value.toFixed(2))}`, ['a', 'b', 'c']);
  expect(lines[6]).toMatch(/^ +0 ┼─{55}$/);
});
