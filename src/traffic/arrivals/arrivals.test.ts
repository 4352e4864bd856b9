/** Laws that every arrival model keeps. What is special to a model stands in its own test. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arrive, standardErrors } from '../testing.ts';
import { arrivalModelOf, arrivalModels, arrivalsSchema } from './index.ts';

/**
 * One example of each model over 10 s, and the variance of its count in units of a Poisson count's: 0 where the count
 * is certain. For on-off: 1 + 2 (r1 - r2)² / ((s1 + s2)² r) * s1 s2 / (s1 + s2), with r1, r2 the rates, s1, s2 the
 * rates of leaving them and r the mean rate (Fischer & Meier-Hellstern). For heavy-tail of shape 3: the squared
 * coefficient of variation of a gap, 1/(shape (shape - 2)).
 */
const examples = [
  [{ model: 'constant', rate: '900/s' }, 0],
  [{ model: 'poisson', rate: '900/s' }, 1],
  [
    { model: 'on-off', rate: '2k/s', off_rate: '100/s', on: '50ms', off: '100ms' },
    1 + (2 * 1900 ** 2 * 200) / (30 ** 3 * 733),
  ],
  [{ model: 'ramp', from: '0/s', to: '2k/s' }, 1],
  [{ model: 'ramp', from: '2k/s', to: '0/s' }, 1],
  [
    {
      model: 'step',
      steps: [
        { at: '1s', rate: '500/s' },
        { at: '3s', rate: '0/s' },
        { at: '8s', rate: '3k/s' },
      ],
    },
    1,
  ],
  [{ model: 'spike', base: '100/s', peak: '5k/s', at: '4s', width: '1s' }, 1],
  [{ model: 'diurnal', rate: '1k/s', amplitude: 1, period: '7s' }, 1],
  [{ model: 'heavy-tail', rate: '1k/s', shape: 3 }, 1 / 3],
  [{ model: 'synchronized', clients: 70, requests: 3, period: '1s', jitter: '200ms' }, 0],
  [{ model: 'edge-attacker', clients: 3, requests: 100, window: '1s' }, 0],
  [{ model: 'greedy', clients: 7, rate: '100/s' }, 0],
] as const;

const span = { startUs: 0, stopUs: 10e6 };
const named = examples.map(([params, dispersion]) => [params.model, params, dispersion] as const);

test('every model has an example here', () => {
  expect(new Set(named.map(([name]) => name))).toEqual(new Set(arrivalModels.keys()));
});

describe.each(named)('%s', (_, params, dispersion) => {
  test('gives the same requests for the same seed, whatever the batch size', () => {
    const whole = arrive(params, span);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), (capacity) => {
        const parts = arrive(params, span, { capacity });
        expect(parts.timesUs).toEqual(whole.timesUs);
        expect(parts.keys).toEqual(whole.keys);
      }),
      { numRuns: 5 },
    );
  });

  test('begins as it always did', () => {
    const { timesUs } = arrive(params, span, { seed: 42 });
    expect(timesUs.slice(0, 8)).toMatchSnapshot();
  });

  test('stays inside its span, in whole microseconds, and never goes back', () => {
    const within = fc.tuple(fc.integer({ min: 0, max: 9e6 }), fc.integer({ min: 1, max: 4e6 }), fc.nat());
    fc.assert(
      fc.property(within, ([startUs, lengthUs, seed]) => {
        const stopUs = startUs + lengthUs;
        let lastUs = startUs;
        for (const timeUs of arrive(params, { startUs, stopUs }, { seed }).timesUs) {
          if (!(Number.isInteger(timeUs) && timeUs >= lastUs && timeUs < stopUs)) expect.fail(`${timeUs} us`);
          lastUs = timeUs;
        }
      }),
      { numRuns: 30 },
    );
  });

  test('brings as many requests as it expects to', () => {
    const { timesUs, expected } = arrive(params, span);
    if (dispersion === 0) expect(timesUs).toHaveLength(expected);
    else expect(standardErrors(timesUs.length, expected, dispersion * expected)).toBeLessThan(4);
  });

  test('has ended for good when it has ended', () => {
    const { again } = arrive(params, span);
    expect([again(), again()]).toEqual([0, 0]);
  });

  test('expects three times as much at three times the rate', () => {
    const checked = arrivalsSchema.parse(params);
    const model = arrivalModelOf(checked);
    const faster = model.scale?.(checked, 3);
    if (faster) expect(model.expected(faster, span) / model.expected(checked, span)).toBeCloseTo(3, 6);
    else expect(model.clients).toBeDefined();
  });
});

describe('what is refused', () => {
  test.each([
    [{ model: 'poison', rate: '1/s' }, 'no model of arrivals is called "poison"; did you mean "poisson"?'],
    [{ rate: '1/s' }, 'arrivals needs a model; use one of constant, poisson'],
    ['poisson', 'write arrivals as a list of fields that starts with "model: constant"'],
    [{ model: 'poisson', rate: '-1/s' }, 'not a rate'],
    [{ model: 'poisson', rate: '1/s', raet: 1 }, 'raet'],
    [{ model: 'ramp', from: '0/s', to: '0/s' }, 'no request would ever come'],
    [{ model: 'step', steps: [] }, 'needs at least one step'],
    [{ model: 'step', steps: [{ at: '0s', rate: '0/s' }] }, 'at least one rate above 0'],
    [
      {
        model: 'step',
        steps: [
          { at: '5s', rate: '1/s' },
          { at: '5s', rate: '2/s' },
        ],
      },
      'must begin later than the one before it',
    ],
    [{ model: 'on-off', rate: '1/s', on: '1us', off: '1s' }, 'must be at least 1ms'],
    [{ model: 'diurnal', rate: '1/s', amplitude: 2 }, 'must be between 0 and 1'],
    [{ model: 'heavy-tail', rate: '1/s', shape: 1 }, 'must be above 1'],
    [{ model: 'synchronized', clients: 5, period: '1s', jitter: '2s' }, 'must not be longer than the period'],
    [{ model: 'edge-attacker', requests: 5, window: '1s', margin: '600ms' }, 'half the window'],
  ])('%j', (params, message) => {
    const result = arrivalsSchema.safeParse(params);
    expect(result.error?.issues.map((issue) => issue.message).join()).toContain(message);
  });
});
