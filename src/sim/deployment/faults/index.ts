/** The one list of faults. To add one, write its file and name it here. */
import { clock } from './clock.ts';
import { coldStart } from './cold-start.ts';
import { failover } from './failover.ts';
import type { FaultKind } from './fault.ts';
import { packetLoss } from './packet-loss.ts';
import { partition } from './partition.ts';
import { restart } from './restart.ts';
import { slowStore } from './slow-store.ts';
import { storeOutage } from './store-outage.ts';

export const faults: readonly FaultKind[] = [
  storeOutage,
  slowStore,
  failover,
  partition,
  packetLoss,
  clock,
  restart,
  coldStart,
];
