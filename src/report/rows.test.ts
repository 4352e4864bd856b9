import { expect, test } from 'vitest';
import { labelOf, listed, shortLabels } from './rows.ts';

test.each([
  // algorithm, variant, width, label: the variant is kept whole as long as four columns are left for the name
  ['gcra', '', 22, 'gcra'],
  ['token-bucket', 'interval refill', 40, 'token-bucket (interval refill)'],
  ['token-bucket', 'interval refill', 24, 'token… (interval refill)'],
  ['sliding-window-counter', '10 sub-windows', 22, 'slid… (10 sub-windows)'],
  ['fixed-window', 'from first request', 22, 'fix… (from first requ…'],
  ['sliding-window-counter', '', 12, 'sliding-win…'],
])('%s, variant "%s", in %i columns', (algorithm, variant, width, label) => {
  expect(shortLabels([{ algorithm, variant }], width)).toEqual([label]);
});

test('with clients, what all rows share is left out, then the middle', () => {
  const named = (algorithm: string, clients: string) => ({
    algorithm,
    variant: '',
    topology: 'central',
    clients,
  });
  const rows = [named('gcra', 'exponential jitter=full'), named('gcra', 'exponential jitter=none')];
  expect(shortLabels(rows, 60)).toEqual(rows.map(labelOf));
  expect(shortLabels(rows, 22)).toEqual(['jitter=full', 'jitter=none']);
  expect(shortLabels([...rows, named('fixed-window', 'immediate')], 22)).toEqual([
    'gcra expone…itter=full',
    'gcra expone…itter=none',
    'fixed-window immediate',
  ]);
});

test.each([
  ['gcra', 'central', 40, 'gcra on central'],
  ['fixed-window', 'central on_error=closed', 32, 'fixe… on central on_error=closed'],
  ['fixed-window', 'central on_error=closed', 23, 'fix… on cen…rror=closed'],
  ['fixed-window', 'central on_error=local', 23, 'fix… on cen…error=local'],
])('%s on %s, in %i columns', (algorithm, topology, width, label) => {
  expect(shortLabels([{ algorithm, variant: '', topology }], width)).toEqual([label]);
});

test('escapes of a terminal in a name are shown, not obeyed', () => {
  expect(labelOf({ algorithm: 'x', variant: '\u001b[2J\u202e' })).toBe('x (\\x1b[2J\\u202e)');
});

test('lists read as a sentence', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed)).toEqual(['', 'a', 'a and b', 'a, b and c']);
});
