/** Deployments in the words of the command line. */
import { parseDuration } from '../../units.ts';
import type { ComparisonPlan } from '../plan.ts';
import type { AlgorithmResult } from '../result.ts';
import type { Row } from '../testing/batches.ts';
import { ListedTraffic, planOf, runOn } from '../testing/runs.ts';
import { type Deployment, fleetSchema, parseFault, parseTopologies } from './deployment.ts';

interface Given {
  readonly nodes?: number;
  readonly faults?: readonly string[];
  readonly seed?: number;
}

export function deploymentOf(text: string, { nodes = 1, faults = [], seed = 1 }: Given = {}): Deployment {
  const [{ topology, fleet }] = parseTopologies(text);
  return {
    label: text,
    topology,
    fleet: { ...fleetSchema.parse({ nodes }), ...fleet },
    faults: faults.map(parseFault),
    seed,
  };
}

/** The plan with every row decided by the deployment. */
export function deployed(plan: ComparisonPlan, deployment: Deployment): ComparisonPlan {
  return { ...plan, selections: plan.selections.map((selection) => ({ ...selection, deployment })) };
}

/** What one algorithm under one limit, so deployed, makes of these requests. */
export async function resultOn(
  text: string,
  given: Given,
  rows: readonly Row[],
  { limit = '10/1s', algorithms = 'fixed-window' } = {},
): Promise<AlgorithmResult> {
  const plan = deployed(planOf(limit, { algorithms }), deploymentOf(text, given));
  return (await runOn(new ListedTraffic(rows), plan)).results[0];
}

/** Requests of key 0 that cost 1, at these instants. */
export function requestsAt(...instants: readonly string[]): Row[] {
  return instants.map((text) => ({ atUs: parseDuration(text), key: 0, cost: 1, durationUs: 0 }));
}

/** `count` requests of key 0, one every `every`, from `from` on. */
export function requestsEvery(every: string, count: number, from = '0s'): Row[] {
  const [everyUs, fromUs] = [parseDuration(every), parseDuration(from)];
  return Array.from({ length: count }, (_, at) => ({
    atUs: fromUs + at * everyUs,
    key: 0,
    cost: 1,
    durationUs: 0,
  }));
}
