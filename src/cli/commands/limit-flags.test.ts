import { expect, test } from 'vitest';
import { rulesOf } from './limit-flags.ts';

test('--burst is the burst of every limit', () => {
  const rules = rulesOf({ limit: '10/1s+100/1m', burst: '5' });
  expect(rules.map(({ quota }) => quota.burst)).toEqual([5, 5]);
});

test('--burst beside a limit that names one is refused', () => {
  expect(() => rulesOf({ limit: '10/1s+100/1m,burst=7', burst: '5' })).toThrow(
    '--burst: --limit names a burst as well; leave one of them out',
  );
});
