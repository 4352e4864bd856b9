import { availableParallelism } from 'node:os';
import type { ArrivalSource } from '../traffic/source.ts';
import { deployedRows } from './deployed-rows.ts';
import { fittingRows } from './fitting-rows.ts';
import { openTraffic, recordedTraffic, type Traffic } from './open-traffic.ts';
import type { Overrides } from './overrides.ts';
import type { ComparisonPlan } from './plan.ts';
import type { Scenario } from './scenario.ts';
import type { LoadedScenario } from './scenario-file.ts';
import { plainSelections, type Selection } from './selection.ts';
import { type Terms, termsOf } from './terms.ts';

/** A scenario that is ready to run. */
export interface Prepared {
  readonly name: string;
  readonly seed: number;
  readonly source: ArrivalSource;
  readonly plan: ComparisonPlan;
  readonly notes: readonly string[];
  readonly expectedRequests?: number;
  /** Worker threads worth starting; 0 when the calling thread will be faster. */
  readonly threads: number;
}

const worthThreads = 3e6; // decisions: below, starting threads takes longer than they save

/** Opens the traffic and settles what is to be compared. Throws UsageError. */
export async function prepare(loaded: LoadedScenario, overrides: Overrides): Promise<Prepared> {
  const terms = termsOf(loaded, overrides);
  return settled(loaded, overrides, terms, await openTraffic(loaded.scenario, overrides, terms));
}

/** The same on requests that are there already. */
export function prepareOn(source: ArrivalSource, loaded: LoadedScenario, overrides: Overrides): Prepared {
  const terms = termsOf(loaded, overrides);
  return settled(loaded, overrides, terms, recordedTraffic(source, terms.rules));
}

function settled(
  { scenario }: LoadedScenario,
  overrides: Overrides,
  { name, seed, rules, contracts }: Terms,
  { source, tenants, expectedRequests, atMost }: Traffic,
): Prepared {
  const fitting = fittingRows(overrides.algorithms ?? rowsOf(scenario), source, rules);
  const selections = deployedRows(fitting.selections, { ...scenario, ...overrides, seed });
  return {
    name,
    seed,
    source,
    plan: { rules, contracts, selections, context: { epochUs: source.epochUs }, tenants },
    notes: fitting.notes,
    ...(expectedRequests !== undefined && { expectedRequests }),
    threads: atMost * selections.length < worthThreads ? 0 : availableParallelism(),
  };
}

/** The rows that a scenario names; every algorithm in its plain form when it names none. */
function rowsOf({ algorithms, profiles }: Scenario): readonly Selection[] {
  if (!algorithms && !profiles) return plainSelections();
  return [...(algorithms ?? []), ...(profiles ?? [])];
}
