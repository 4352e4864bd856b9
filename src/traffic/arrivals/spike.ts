import * as z from 'zod';
import { durationUs, periodUs, rateOrZero, ratePerSecond } from '../../fields.ts';
import { arrivalModel } from './model.ts';
import { expectedOfPhases, type Phase, PhasedPoisson, ratesOfPhases } from './phased.ts';

const schema = z.strictObject({
  model: z.literal('spike'),
  base: rateOrZero.describe('Mean number of requests per period before and after the spike, such as 100/s'),
  peak: ratePerSecond.describe('Mean number of requests per period during the spike, such as 5k/s'),
  at: durationUs.describe("When the spike begins, from the run's start"),
  width: periodUs.describe('How long the spike lasts, such as 10s'),
});

function phasesOf({ base, peak, at, width }: z.output<typeof schema>): Phase[] {
  return [
    { ratePerSecond: base, untilUs: at },
    { ratePerSecond: peak, untilUs: at + width },
    { ratePerSecond: base, untilUs: Number.POSITIVE_INFINITY },
  ];
}

export const spike = arrivalModel({
  name: 'spike',
  title: 'Poisson requests at a base rate with one stretch at a peak rate',
  schema,
  expected: (params, span) => expectedOfPhases(phasesOf(params), span),
  scale: (params, factor) => ({ ...params, base: params.base * factor, peak: params.peak * factor }),
  rates: (params, span) => ratesOfPhases(phasesOf(params), span),
  independent: true,
  begin: (params, { span, draw }) => new PhasedPoisson(phasesOf(params).values(), span, draw),
});
