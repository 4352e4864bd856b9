import { expect, test } from 'vitest';
import { sketch } from './sketch.ts';

test('a drawing in signs: the least at the bottom, marks below the first, the middle and the last value', () => {
  const lines = sketch([0, 1, 2, 3, 4], (value) => `${value.toFixed(1)} B`, ['a', 'mid', 'z']);
  expect(lines).toHaveLength(8);
  expect(lines[0]).toMatch(/^4\.0 B ┼ {48}╭─{6}$/);
  expect(lines[6]).toMatch(/^0\.0 B ┼─{6}╯$/);
  expect(lines[7]).toMatch(/^ {7}a {25}mid {26}z$/);
});

test('where there is no value there is no line, and none falls to zero before it', () => {
  const lines = sketch([null, 4, 4, null, null], String, ['a', 'b', 'c']);
  expect(lines[0]).toMatch(/^ +4 ┼ {7}─{28}$/); // a value has 14 columns, the first and the last half of that
  expect(lines.slice(1, 7).join('')).not.toMatch(/[─│╰╯]/);
});
