import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../package-root.ts';
import { parseCalibration } from '../../sim/calibration.ts';
import { parseRules } from '../../sim/rule.ts';
import { parseSelections, plainSelections } from '../../sim/selection.ts';
import { parseHeadRoom } from '../head-room.ts';
import type { PlanOptions } from '../plan.ts';
import { zipfGroups } from '../popularity.ts';
import { shippedPrices } from '../prices.ts';
import { Placement } from '../slots.ts';

interface Asked {
  readonly ratePerSecond?: number;
  readonly keys?: number;
  readonly exponent?: number;
  readonly limit?: string;
  /** As on the command line; all when left out. */
  readonly algorithms?: string;
}

/** A plan by the prices and the calibration that come with the program. */
export async function planOptions({
  ratePerSecond = 100_000,
  keys = 5e6,
  exponent = 1,
  limit = '100/1m',
  algorithms,
}: Asked = {}): Promise<PlanOptions> {
  const file = join(packageRoot(), 'capacity', 'calibration.json');
  const groups = zipfGroups(keys, exponent);
  return {
    version: '0.0.0',
    demand: {
      rules: parseRules(limit),
      ratePerSecond,
      groups,
      exponent,
      popularity: `Zipf with exponent ${exponent}`,
      placement: Placement.ofGroups(groups),
      nameBytes: 32,
      replicas: 1,
    },
    selections: algorithms === undefined ? plainSelections() : parseSelections(algorithms),
    headRoom: parseHeadRoom([]),
    calibration: parseCalibration(readFileSync(file, 'utf8'), file),
    prices: await shippedPrices('aws'),
    pricing: 'on-demand',
  };
}
