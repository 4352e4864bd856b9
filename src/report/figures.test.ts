import { expect, test } from 'vitest';
import { index, instant, percent, span, times } from './figures.ts';

test.each([
  [percent(0), '0'],
  [percent(0.123456), '12.3'],
  [percent(0.000009), '<0.001'], // not 0: it did happen
  [percent(0.99999), '>99.9'], // not 100: it did fail once
  [percent(1), '100'],
  [times(1.98), '1.98×'],
  [times(1), '1×'],
  [times(1.0004), '>1×'], // one more than the limit stays visible, whatever the limit
  [times(0.9996), '<1×'],
  [index(1), '1'],
  [index(0.99996), '>0.999'],
  [index(0.8741), '0.874'],
  [span(0), '0'],
  [span(59.4e6), '59.4 s'],
  [instant(59_999_999), '0:59.999'], // cut off, not rounded into the next minute
  [instant(72e6), '1:12'],
  [instant(3_723_040_000), '1:02:03.040'],
])('%s is spelled %s', (spelled, expected) => {
  expect(spelled).toBe(expected);
});
