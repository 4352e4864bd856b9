import { UsageError } from '../errors.ts';
import { calibratedStore } from './deployment/calibrated.ts';
import {
  type Deployment,
  type Fleet,
  own,
  type PlacedTopology,
  parseTopologies,
  topologyLabel,
} from './deployment/deployment.ts';
import { profiles } from './profiles/index.ts';
import type { Scenario } from './scenario.ts';
import type { Selection } from './selection.ts';

type Wanted = Pick<Scenario, 'topologies' | 'nodes' | 'balance' | 'faults' | 'clients' | 'classes' | 'seed'>;

/** Each has state of its own for the keys; more than this take gigabytes. */
const mostNodes = 10_000;

const ideal: PlacedTopology = { topology: { name: 'ideal', given: {}, params: {} }, fleet: {} };

/**
 * Each row on each topology, with each kind of clients. The ideal place without clients is the columnar engine's. Throws
 * UsageError.
 */
export function deployedRows(selections: readonly Selection[], wanted: Wanted): Selection[] {
  const { topologies = [ideal], clients = [undefined] } = wanted;
  refuseSenseless(wanted);
  return selections.flatMap((selection) =>
    topologies.flatMap((given) => {
      const place = given.topology.name === own ? ownTopology(selection) : given;
      const deployment = deploymentOf(selection, place, wanted);
      return clients.map((kind) => {
        if (kind) return { ...selection, deployment: { ...deployment, clients: kind } };
        return isIdeal(place) ? selection : { ...selection, deployment };
      });
    }),
  );
}

function refuseSenseless({ faults, topologies = [ideal], clients, classes }: Wanted): void {
  if (faults.length > 0 && topologies.every(isIdeal)) {
    throw new UsageError(
      'a fault needs something that can fail; name a topology, as with --topologies central,local',
    );
  }
  if (classes && !clients) {
    throw new UsageError('classes: are of clients; name those too, as with clients: [none]');
  }
}

function deploymentOf(selection: Selection, place: PlacedTopology, wanted: Wanted): Deployment {
  const { nodes, balance, faults, classes, seed } = wanted;
  const fleet = { nodes, balance, ...place.fleet };
  refuseTooMany(fleet);
  return {
    label: topologyLabel(place),
    ...measured(place, selection),
    fleet,
    faults: isIdeal(place) ? [] : faults,
    seed,
    ...(classes && { classes }),
  };
}

function refuseTooMany({ nodes }: Fleet): void {
  const most = typeof nodes === 'number' ? nodes : nodes.max;
  if (most <= mostNodes) return;
  throw new UsageError(`nodes: ${most} are more than the ${mostNodes} that a run can have; write fewer`);
}

/** The topology, and what its store was measured to take if it names the file. */
function measured(
  { topology }: PlacedTopology,
  selection: Selection,
): Pick<Deployment, 'topology' | 'calibrated'> {
  const { name, given } = topology;
  const { network: _, service: __, ...params } = topology.params;
  if (typeof params.calibration !== 'string') return { topology };
  const double = ['network', 'service'].find((setting) => Object.hasOwn(given, setting));
  if (double !== undefined) {
    throw new UsageError(`${name}: ${double}: the calibration says that; leave one of both out`);
  }
  return { topology: { ...topology, params }, calibrated: calibratedStore(params.calibration, selection) };
}

function isIdeal({ topology }: PlacedTopology): boolean {
  return topology.name === 'ideal';
}

/** Where a profile is deployed; for an algorithm, the ideal place. */
function ownTopology({ algorithm }: Selection): PlacedTopology {
  const profile = profiles.find(({ name }) => name === algorithm);
  return profile ? parseTopologies(profile.reference.topology)[0] : ideal;
}
