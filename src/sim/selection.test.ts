import { describe, expect, test } from 'vitest';
import { algorithms } from '../algorithms/index.ts';
import { UsageError } from '../errors.ts';
import {
  allSelections,
  findAlgorithm,
  parseSelections,
  plainSelections,
  select,
  validParams,
} from './selection.ts';

test('all is every algorithm in its plain form and in each of its variants', () => {
  const rows = allSelections();
  expect(parseSelections('all')).toEqual(rows);
  const wanted = algorithms.flatMap(({ name, variants }) => [
    [name, ''],
    ...variants.map((variant) => [name, variant.name]),
  ]);
  expect(rows.map(({ algorithm, variant }) => [algorithm, variant])).toEqual(wanted);
  expect(plainSelections()).toEqual(rows.filter(({ variant }) => variant === ''));
  for (const { algorithm, params } of rows) validParams(findAlgorithm(algorithm), params); // throws
});

test.each([
  ['gcra', [{ algorithm: 'gcra', variant: '', params: {} }]],
  [
    'gcra, fixed-window',
    [
      { algorithm: 'gcra', variant: '', params: {} },
      { algorithm: 'fixed-window', variant: '', params: {} },
    ],
  ],
  [
    'token-bucket:refill=interval',
    [{ algorithm: 'token-bucket', variant: 'interval refill', params: { refill: 'interval' } }],
  ],
  [
    'token-bucket:initial=0:conformance=loose',
    [
      {
        algorithm: 'token-bucket',
        variant: 'initial=0 conformance=loose',
        params: { initial: 0, conformance: 'loose' },
      },
    ],
  ],
  [
    'fixed-window:count_rejected=true',
    [{ algorithm: 'fixed-window', variant: 'count_rejected=true', params: { count_rejected: true } }],
  ],
  ['gcra:tolerance=5ms', [{ algorithm: 'gcra', variant: 'tolerance=5ms', params: { tolerance: '5ms' } }]],
])('reads %s', (text, selections) => expect(parseSelections(text)).toEqual(selections));

test('parameters get their defaults', () => {
  expect(validParams(findAlgorithm('fixed-window'), { align: 'first' })).toEqual({
    align: 'first',
    count_rejected: false,
  });
});

describe('what does not exist is refused, with what does', () => {
  test.each<[text: string, ...said: RegExp[]]>([
    [
      'tokenbucket',
      /no algorithm is called "tokenbucket"/,
      /did you mean "token-bucket"/,
      /there are fixed-window/i,
    ],
    ['', /no algorithm is called ""/],
    ['gcra,,gcra', /no algorithm is called ""/],
    ['gcra:burst=5', /gcra: no parameter is called "burst"; it has tolerance/],
    ['leaky-bucket:x=5', /leaky-bucket: no parameter is called "x"; it has none/],
    ['gcra:tolerance', /parameter "tolerance" has no value; write it as name=value/],
    ['gcra:=5', /parameter "=5" has no value/],
    ['token-bucket:refill=daily', /token-bucket: refill: /],
    ['token-bucket:initial=-1', /token-bucket: initial: /],
    ['sliding-window-counter:sub_windows=0', /sliding-window-counter: sub_windows: must be at least 1/],
  ])('%j', (text, ...said) => {
    expect(() => parseSelections(text)).toThrow(UsageError);
    for (const words of said) expect(() => parseSelections(text)).toThrow(words);
  });

  test('every wrong parameter at once', () =>
    expect(() => select('token-bucket', { refill: 3, initial: 'x', colour: 1 })).toThrow(
      /refill: .*initial: .*"colour"/s,
    ));
});

test.each(['gcra:tolerance=[', 'gcra:tolerance="5ms'])(
  '%s, which YAML cannot read, is a usage error',
  (text) => expect(() => parseSelections(text)).toThrow(UsageError),
);
