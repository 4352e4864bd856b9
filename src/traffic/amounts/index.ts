import * as z from 'zod';
import { countOrZero, durationUs, periodUs, positiveNumber } from '../../fields.ts';
import { describeModel, type ModelInfo, unknownModel } from '../model.ts';
import type { Draw } from '../random.ts';
import { choice } from './choice.ts';
import { exponential } from './exponential.ts';
import { fixed } from './fixed.ts';
import { geometric } from './geometric.ts';
import { lognormal } from './lognormal.ts';
import type { AmountColumn, AmountFields, AmountModel, Amounts } from './model.ts';
import { pareto } from './pareto.ts';
import { uniform } from './uniform.ts';

/** Every distribution of costs and durations; a new one is its own file and one line here. */
const models = [fixed, uniform, geometric, exponential, lognormal, pareto, choice];

/** The greatest cost that the cost column holds. */
const greatestCost = 2 ** 32 - 1;
/** The greatest duration, so that time + duration stays a whole number of microseconds. */
const greatestDurationUs = 2 ** 52;

const costFields = {
  whole: countOrZero.refine((cost) => cost <= greatestCost, `must be at most ${greatestCost}`),
  real: positiveNumber,
};
const durationFields = { whole: durationUs, real: periodUs };

function distributions(kind: string, fields: AmountFields) {
  const [first, ...others] = models.map(({ schema }) => schema(fields));
  return z.discriminatedUnion('model', [first, ...others], {
    error: unknownModel(
      kind,
      models.map(({ name }) => name),
    ),
  });
}

/** An amount alone stands for the fixed model. */
function amountSchema(kind: string, fields: AmountFields) {
  const alone = fields.whole.transform((value) => ({ model: 'fixed' as const, value }));
  return z.union([alone, distributions(kind, fields)], { error: betterBranch });
}

/** Of a union's two refusals, the one about what was meant: the distribution if there are fields, else the number. */
function betterBranch({ input, errors }: { input?: unknown; errors?: z.core.$ZodIssue[][] | undefined }) {
  const meant = errors?.[typeof input === 'object' && input !== null ? 1 : 0];
  return meant?.map(({ path, message }) => [...path, message].join(': ')).join('; ');
}

/** The `costs` of a stream: a number, or a distribution that is rounded to whole units. */
export const costsSchema = amountSchema('costs', costFields);

/** The `durations` of a stream: a duration, or a distribution that is rounded to whole microseconds. */
export const durationsSchema = amountSchema('durations', durationFields);

/** Checked parameters of any distribution; amounts are units of cost or microseconds. */
export type AmountParams = z.output<typeof costsSchema> | z.output<typeof durationsSchema>;

const modelByName: ReadonlyMap<string, AmountModel<AmountParams>> = new Map(
  models.map((model) => [model.name, model]),
);

/** The distributions for lists and documents, their fields as costs have them. */
export const amountInfos: readonly ModelInfo[] = models.map((model) =>
  describeModel({ name: model.name, title: model.title, schema: model.schema(costFields) }),
);

class FixedAmount implements Amounts {
  constructor(private readonly value: number) {}

  fill(column: AmountColumn, from: number, to: number): void {
    column.fill(this.value, from, to);
  }
}

/** Rounds to whole amounts, and cuts what the column cannot hold. */
class DrawnAmounts implements Amounts {
  constructor(
    private readonly sample: () => number,
    private readonly greatest: number,
  ) {}

  fill(column: AmountColumn, from: number, to: number): void {
    const { sample, greatest } = this;
    for (let row = from; row < to; row++) column[row] = Math.min(Math.round(sample()), greatest);
  }
}

function amounts(params: AmountParams, draw: Draw, greatest: number): Amounts {
  if (params.model === 'fixed') return new FixedAmount(params.value);
  return new DrawnAmounts(samplerOf(params, draw), greatest);
}

function samplerOf(params: AmountParams, draw: Draw): () => number {
  const model = modelByName.get(params.model);
  if (!model) throw new RangeError(`no distribution is called "${params.model}"`);
  return model.sampler(params, draw);
}

/** Whole units of cost, 0 to 4294967295; no random number is drawn for a fixed cost. */
export function costsOf(params: AmountParams, draw: Draw): Amounts {
  return amounts(params, draw, greatestCost);
}

/** Whole microseconds of duration, at most 2^52. */
export function durationsOf(params: AmountParams, draw: Draw): Amounts {
  return amounts(params, draw, greatestDurationUs);
}

/** Draws single durations, in whole microseconds. */
export function durationSampler(params: AmountParams, draw: Draw): () => number {
  if (params.model === 'fixed') return () => params.value;
  const sample = samplerOf(params, draw);
  return () => Math.min(Math.round(sample()), greatestDurationUs);
}
