import * as z from 'zod';
import { unknownModel } from '../model.ts';
import { constant } from './constant.ts';
import { diurnal } from './diurnal.ts';
import { edgeAttacker } from './edge-attacker.ts';
import { greedy } from './greedy.ts';
import { heavyTail } from './heavy-tail.ts';
import type { ArrivalModel } from './model.ts';
import { onOff } from './on-off.ts';
import { poisson } from './poisson.ts';
import { ramp } from './ramp.ts';
import { spike } from './spike.ts';
import { stepped } from './step.ts';
import { synchronized } from './synchronized.ts';

/** Every way in which requests can come; a new one is its own file and one line here. */
const models = [
  constant,
  poisson,
  onOff,
  ramp,
  stepped,
  spike,
  diurnal,
  heavyTail,
  synchronized,
  edgeAttacker,
  greedy,
];

const [first, ...others] = models.map(({ schema }) => schema);

/** The `arrivals` of a stream. */
export const arrivalsSchema = z.discriminatedUnion('model', [first, ...others], {
  error: unknownModel(
    'arrivals',
    models.map(({ name }) => name),
  ),
});

/** Checked parameters of any arrival model; `model` tells which. */
export type ArrivalParams = z.output<typeof arrivalsSchema>;

export const arrivalModels: ReadonlyMap<string, ArrivalModel<ArrivalParams>> = new Map(
  models.map((model) => [model.name, model]),
);

/** The model that the parameters belong to. */
export function arrivalModelOf({ model }: ArrivalParams): ArrivalModel<ArrivalParams> {
  const found = arrivalModels.get(model);
  if (!found) throw new RangeError(`no arrival model is called "${model}"`);
  return found;
}
