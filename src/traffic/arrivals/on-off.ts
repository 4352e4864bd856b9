import * as z from 'zod';
import { periodUs, rateOrZero, ratePerSecond } from '../../fields.ts';
import { exponential } from '../exponential.ts';
import type { Draw } from '../random.ts';
import { arrivalModel, type Span, steady } from './model.ts';
import { type Phase, PhasedPoisson } from './phased.ts';

/** Shorter phases are no bursts for any limiter, and changing between them would take longer than the requests. */
const leastPhaseUs = 1000;
const meanPhase = periodUs.refine((us) => us >= leastPhaseUs, 'must be at least 1ms');

const schema = z.strictObject({
  model: z.literal('on-off'),
  rate: ratePerSecond.describe('Mean number of requests per period while on, such as 5k/s'),
  off_rate: rateOrZero.prefault('0/s').describe('Mean number of requests per period while off'),
  on: meanPhase.describe('Mean length of an on phase, such as 2s'),
  off: meanPhase.describe('Mean length of an off phase, such as 8s'),
});
type Params = z.output<typeof schema>;

/** Phases whose lengths are exponential. The first state is drawn by its share of the time: the traffic runs already. */
function* phases({ rate, off_rate, on, off }: Params, { startUs }: Span, draw: Draw): Generator<Phase> {
  let isOn = draw() < on / (on + off);
  for (let untilUs = startUs; ; isOn = !isOn) {
    untilUs += exponential(draw) * (isOn ? on : off);
    yield { ratePerSecond: isOn ? rate : off_rate, untilUs };
  }
}

function meanRate({ rate, off_rate, on, off }: Params): number {
  return (rate * on + off_rate * off) / (on + off);
}

/** Two-state Markov-modulated Poisson process (Fischer & Meier-Hellstern, "The MMPP cookbook", 1993). */
export const onOff = arrivalModel({
  name: 'on-off',
  title: 'bursts: Poisson requests that switch between an on rate and an off rate (two-state MMPP)',
  schema,
  expected: (params, span) => steady(meanRate(params), span),
  scale: (params, factor) => ({ ...params, rate: params.rate * factor, off_rate: params.off_rate * factor }),
  begin: (params, { span, draw, drawPhases }) =>
    new PhasedPoisson(phases(params, span, drawPhases), span, draw),
});
