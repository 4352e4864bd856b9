import { countFigures } from '../counts.ts';
import type { DeploymentFigures } from '../result.ts';
import type { Deployment } from './deployment.ts';
import type { Site } from './site.ts';

/** What is known of a deployment when its traffic is over, as the result has it. */
export function deploymentFigures(
  { topology, fleet }: Deployment,
  { nodeCount, topology: built, faults }: Site,
): DeploymentFigures {
  return {
    topology: topology.name,
    params: topology.params,
    balance: fleet.balance,
    nodes: { fewest: nodeCount.fewest, most: nodeCount.highest },
    inside: built.figures?.() ?? {},
    faults: faults.figures().map(({ fault, params, atUs, untilUs, before, during, after }) => ({
      fault,
      params,
      at_us: atUs,
      until_us: Number.isFinite(untilUs) ? untilUs : null,
      before: countFigures(before),
      during: countFigures(during),
      after: countFigures(after),
    })),
  };
}
