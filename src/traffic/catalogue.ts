import { amountInfos } from './amounts/index.ts';
import { arrivalModels } from './arrivals/index.ts';
import { keyModels } from './keys/index.ts';
import { describeModel, type ModelInfo } from './model.ts';

/** Every model that a stream can be made of, with title and parameters, for lists and documents. */
export const trafficModels: Readonly<Record<'arrivals' | 'keys' | 'amounts', readonly ModelInfo[]>> = {
  arrivals: [...arrivalModels.values()].map(describeModel),
  keys: [...keyModels.values()].map(describeModel),
  amounts: amountInfos,
};
