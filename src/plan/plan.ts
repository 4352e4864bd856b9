import { spellRules } from '../sim/rule.ts';
import type { Selection } from '../sim/selection.ts';
import { billFor } from './bill.ts';
import { keysOf } from './demand.ts';
import { type PlanResult, type PlanRow, type Pricing, planSchemaName } from './result.ts';
import { latencyOf } from './size.ts';
import { cheapest, cheapestSize, nodesOf, type SizingOptions, sizable, sizingOf } from './sizing.ts';
import { unknownOf } from './unknown.ts';

export interface PlanOptions extends SizingOptions {
  readonly version: string;
  readonly pricing: Pricing;
}

/** Sizes every row, and prices the cheapest that fits. Throws UsageError when no row can be planned. */
export function plan(options: PlanOptions): PlanResult {
  const { selections, notes } = sizable(options);
  const rows = selections.map((selection) => planned(selection, options));
  const choice = cheapest(rows);
  return {
    schema: planSchemaName,
    version: options.version,
    asked: askedOf(options),
    head_room: options.headRoom,
    rows,
    ...(choice && { bill: billFor(choice, options.prices, options.pricing) }),
    notes,
    unknown: unknownOf(options),
  };
}

function planned(selection: Selection, options: PlanOptions): PlanRow {
  const sizing = sizingOf(selection, options);
  const row = cheapestSize(sizing, nodesOf(options));
  return { ...row, latency: latencyOf(sizing, row.load) };
}

function askedOf({ demand, calibration, prices }: PlanOptions): PlanResult['asked'] {
  return {
    limit: spellRules(demand.rules),
    rate_per_s: demand.ratePerSecond,
    keys: keysOf(demand),
    popularity: demand.popularity,
    hottest_key_ratio: demand.groups[0].share,
    name_bytes: demand.nameBytes,
    hold_us: demand.holdUs ?? null,
    replicas: demand.replicas,
    calibration: { server: calibration.server, measured_at: calibration.measured_at },
    prices: { name: prices.name, as_of: prices.as_of },
  };
}
