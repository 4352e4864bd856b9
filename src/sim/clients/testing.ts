/** Clients in the words of the command line, and when they asked. */
import { deployed, deploymentOf } from '../deployment/testing.ts';
import type { AlgorithmResult } from '../result.ts';
import type { Row } from '../testing/batches.ts';
import { ListedTraffic, planOf, runOn } from '../testing/runs.ts';
import { parseClients } from './clients.ts';

interface Given {
  readonly limit?: string;
  readonly algorithms?: string;
  readonly topology?: string;
  readonly nodes?: number;
  readonly faults?: readonly string[];
  readonly seed?: number;
}

/** What these clients make of the work of a list, one result for each algorithm. */
export async function resultsWith(
  clients: string,
  rows: readonly Row[],
  { limit = '1/1s', algorithms = 'gcra', topology = 'ideal', ...given }: Given = {},
): Promise<readonly AlgorithmResult[]> {
  const [chosen] = parseClients(clients);
  const deployment = { ...deploymentOf(topology, given), clients: chosen };
  const plan = deployed(planOf(limit, { algorithms }), deployment);
  return (await runOn(new ListedTraffic(rows), plan)).results;
}

export async function resultWith(...args: Parameters<typeof resultsWith>) {
  const [{ clients, ...row }] = await resultsWith(...args);
  return { ...row, clients: clients! }; // a row with clients has them
}

/** When attempts were made, in milliseconds; as the timeline has it, by 10 ms. */
export function attemptsAtMs({ timeline }: Pick<AlgorithmResult, 'timeline'>): number[] {
  return timeline.offered.flatMap((count, at) =>
    new Array<number>(count).fill((at * timeline.bucket_us) / 1e3),
  );
}
