import * as z from 'zod';
import { UsageError } from '../../errors.ts';
import { count, periodUs, ratePerSecond, reading } from '../../fields.ts';
import type { ClientClass } from '../clients/classes.ts';
import { parseParams, spellParams } from '../selection.ts';
import { balance } from './balancer.ts';
import type { CalibratedStore } from './calibrated.ts';
import { faults } from './faults/index.ts';
import { type Chosen, chosenOf } from './named-settings.ts';
import { topologies } from './topologies/index.ts';

/** How many nodes there are: a number, or what an autoscaler is told. */
const nodes = z
  .union(
    [
      count,
      z
        .strictObject({
          min: count.describe('fewest nodes, and those at the start'),
          max: count.describe('most nodes'),
          target: ratePerSecond.describe('requests a second that a node is meant to take'),
          every: periodUs.prefault('15s').describe('how often the load is looked at'),
          settle: periodUs
            .prefault('5m')
            .describe('how long fewer nodes must be enough before any is taken away'),
        })
        .refine(({ min, max }) => min <= max, { path: ['max'], error: 'must not be below min' }),
    ],
    { error: 'is not a number of nodes; write one such as 4, or min, max and target' },
  )
  .describe('machines that take requests: a number; or min, max and target of an autoscaler');

/** How many nodes there are and who of them takes a request; a topology is set by these beside its own parameters. */
export const fleetSchema = z.strictObject({
  nodes: nodes.prefault(4),
  balance: balance.default('round-robin'),
});

/** What a topology says of the fleet for itself. */
const ownFleetSchema = z.strictObject({ nodes: nodes.exactOptional(), balance: balance.exactOptional() });

export type Fleet = z.output<typeof fleetSchema>;

/** Where a row of the comparison is decided, other than at one ideal place. Plain data. */
export interface Deployment {
  /** What sets it apart from others, such as `local split=even`. */
  readonly label: string;
  readonly topology: Chosen;
  readonly fleet: Fleet;
  readonly faults: readonly Chosen[];
  readonly seed: number;
  /** What its store was measured to take, where the topology names a calibration. */
  readonly calibrated?: CalibratedStore;
  /** Clients that hear the answers and act on them; without any, what comes does not depend on what is answered. */
  readonly clients?: Chosen;
  /** Classes of those clients, the most important first. */
  readonly classes?: readonly ClientClass[];
}

/** A topology as a scenario or a flag names it. */
export interface PlacedTopology {
  readonly topology: Chosen;
  /** What it says of the fleet for itself. */
  readonly fleet: z.output<typeof ownFleetSchema>;
}

/** Throws UsageError. */
function placedTopology(name: string, given: Readonly<Record<string, unknown>>): PlacedTopology {
  const isOfFleet = (field: string) => Object.hasOwn(ownFleetSchema.shape, field);
  const own = Object.fromEntries(Object.entries(given).filter(([field]) => !isOfFleet(field)));
  const ofFleet = Object.fromEntries(Object.entries(given).filter(([field]) => isOfFleet(field)));
  const topology = chosenOf('topology', topologies, name, own);
  const fleet = ownFleetSchema.safeParse(ofFleet);
  if (fleet.success) return { topology, fleet: fleet.data };
  const [{ path, message }] = fleet.error.issues;
  throw new UsageError(`${name}: ${path.join('.')}: ${message}`);
}

/** The word for a profile's own topology, whatever it is; for an algorithm, the ideal place. */
export const own = 'own';

/** Reads `central:timeout=5ms,local:split=even,own`. */
export function parseTopologies(text: string): PlacedTopology[] {
  return text.split(',').map((part) => {
    const [name, ...settings] = part.trim().split(':');
    if (part.trim() === own) return { topology: { name: own, given: {}, params: {} }, fleet: {} };
    return placedTopology(name, parseParams(settings));
  });
}

/** Reads `store-outage:at=2m:for=30s`. */
export function parseFault(text: string): Chosen {
  const [name, ...settings] = text.trim().split(':');
  return chosenOf('fault', faults, name, parseParams(settings));
}

const topologyEntry = z.union([
  z.string({
    error: 'write a topology such as central, or a list of fields that starts with "topology: central"',
  }),
  z.looseObject({ topology: z.string() }),
]);

/** The `topologies` of a scenario. */
export const topologiesSchema = z.array(
  topologyEntry.transform(
    reading((entry: z.output<typeof topologyEntry>) => {
      if (typeof entry === 'string') return parseTopologies(entry);
      const { topology, ...given } = entry;
      return [placedTopology(topology, given)];
    }),
  ),
);

const faultEntry = z.union([
  z.string({
    error:
      'write a fault such as store-outage:at=2m:for=30s, or a list of fields that starts with "fault: store-outage"',
  }),
  z.looseObject({ fault: z.string() }),
]);

/** The `faults` of a scenario. */
export const faultsSchema = z.array(
  faultEntry.transform(
    reading((entry: z.output<typeof faultEntry>) => {
      if (typeof entry === 'string') return parseFault(entry);
      const { fault, ...given } = entry;
      return chosenOf('fault', faults, fault, given);
    }),
  ),
);

/** As rows are labelled: `central timeout=5000`. */
export function topologyLabel({ topology: { name, given }, fleet }: PlacedTopology): string {
  return [name, spellParams(given), spellParams(fleet)].filter(Boolean).join(' ');
}
