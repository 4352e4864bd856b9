/** The one list of topologies. To add one, write its file and name it here. */
import type { TopologyKind } from '../topology.ts';
import { central } from './central.ts';
import { ideal } from './ideal.ts';
import { local } from './local.ts';

export const topologies: readonly TopologyKind[] = [ideal, central, local];
