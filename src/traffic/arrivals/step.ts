import * as z from 'zod';
import { durationUs, rateOrZero } from '../../fields.ts';
import { arrivalModel } from './model.ts';
import { expectedOfPhases, type Phase, PhasedPoisson, ratesOfPhases } from './phased.ts';

const step = z.strictObject({
  at: durationUs.describe("When this rate begins, from the run's start"),
  rate: rateOrZero.describe('Mean number of requests per period from then on; 0/s for silence'),
});
type Step = z.output<typeof step>;

const schema = z.strictObject({
  model: z.literal('step'),
  steps: z
    .array(step, { error: 'write a list of steps, each with at and rate' })
    .min(1, 'needs at least one step, such as {at: 0s, rate: 100/s}')
    .refine(
      (steps) => steps.every(({ at }, i) => i === 0 || at > steps[i - 1].at),
      'each step must begin later than the one before it',
    )
    .refine((steps) => steps.some(({ rate }) => rate > 0), 'needs at least one rate above 0')
    .describe(
      'Rates and when each begins, in order: [{at: 0s, rate: 100/s}, …]; nothing comes before the first',
    ),
});

/** Each step lasts until the next one; nothing comes before the first. */
function phasesOf(steps: readonly Step[]): Phase[] {
  const ends = [...steps.map(({ at }) => at), Number.POSITIVE_INFINITY];
  const rates = [0, ...steps.map(({ rate }) => rate)];
  return ends.map((untilUs, i) => ({ ratePerSecond: rates[i], untilUs }));
}

export const stepped = arrivalModel({
  name: 'step',
  title: 'Poisson requests at a rate that jumps at given times',
  schema,
  expected: ({ steps }, span) => expectedOfPhases(phasesOf(steps), span),
  scale: ({ model, steps }, factor) => ({
    model,
    steps: steps.map(({ at, rate }) => ({ at, rate: rate * factor })),
  }),
  rates: ({ steps }, span) => ratesOfPhases(phasesOf(steps), span),
  independent: true,
  begin: ({ steps }, { span, draw }) => new PhasedPoisson(phasesOf(steps).values(), span, draw),
});
