import * as z from 'zod';
import { unknownModel } from '../model.ts';
import { churn } from './churn.ts';
import { hot } from './hot.ts';
import type { KeyModel } from './model.ts';
import { single } from './single.ts';
import { tenants } from './tenants.ts';
import { uniform } from './uniform.ts';
import { zipf } from './zipf.ts';

/** Every way in which requests can spread over keys; a new one is its own file and one line here. */
const models = [uniform, zipf, hot, churn, single, tenants];

const [first, ...others] = models.map(({ schema }) => schema);

/** The `keys` of a stream. */
export const keysSchema = z.discriminatedUnion('model', [first, ...others], {
  error: unknownModel(
    'keys',
    models.map(({ name }) => name),
  ),
});

/** Checked parameters of any key model; `model` tells which. */
export type KeyParams = z.output<typeof keysSchema>;

export const keyModels: ReadonlyMap<string, KeyModel<KeyParams>> = new Map(
  models.map((model) => [model.name, model]),
);

/** The model that the parameters belong to. */
export function keyModelOf({ model }: KeyParams): KeyModel<KeyParams> {
  const found = keyModels.get(model);
  if (!found) throw new RangeError(`no key model is called "${model}"`);
  return found;
}
