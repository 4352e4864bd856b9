import { expect, test } from 'vitest';
import { parsePeriod } from './units.ts';

test.each([
  ['1m', 60e6],
  ['s', 1e6], // a bare unit is one of it
  [' min ', 60e6],
  ['0.5s', 500e3],
])('a period of %j is %i µs', (text, us) => expect(parsePeriod(text)).toBe(us));

test.each(['.5s', '-5s', 'NaN', '', 'constructor'])('a period of %j is refused as it was written', (text) =>
  expect(() => parsePeriod(text)).toThrow(`"${text}" is not a duration`),
);
