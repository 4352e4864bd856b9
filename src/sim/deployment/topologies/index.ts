/** The one list of topologies. To add one, write its file and name it here. */
import type { TopologyKind } from '../topology.ts';
import { central } from './central.ts';
import { gossip } from './gossip.ts';
import { ideal } from './ideal.ts';
import { leased } from './leased.ts';
import { local } from './local.ts';
import { multiRegion } from './multi-region.ts';
import { synced } from './synced.ts';

export const topologies: readonly TopologyKind[] = [
  ideal,
  central,
  local,
  synced,
  gossip,
  leased,
  multiRegion,
];
