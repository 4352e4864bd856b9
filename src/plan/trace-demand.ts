import { ArrivalBatch } from '../algorithms/batch.ts';
import { grown } from '../algorithms/columns.ts';
import { UsageError } from '../errors.ts';
import type { ArrivalSource } from '../traffic/source.ts';
import type { Demand } from './demand.ts';
import { countedGroups } from './popularity.ts';
import { Placement } from './slots.ts';

const batchRows = 8192;
const secondUs = 1e6;

export type Counted = Pick<Demand, 'ratePerSecond' | 'groups' | 'popularity' | 'placement' | 'nameBytes'>;

/** Counts the requests of each key of recorded traffic, and those of its busiest second. Throws UsageError for none. */
export async function countedTraffic(source: ArrivalSource): Promise<Counted> {
  const { counts, keys, peak } = await counted(source);
  if (peak === 0) throw new UsageError('the trace holds no request, so there is nothing to plan for');
  const names = Array.from({ length: keys }, (_, key) => `ratelimit:{${source.keyName(key)}}`);
  const bytes = names.reduce((sum, name) => sum + Buffer.byteLength(name), 0);
  return {
    ratePerSecond: peak,
    groups: countedGroups(counts.subarray(0, keys)),
    popularity: `as counted in the trace (${source.summary().format})`,
    placement: Placement.ofNames(names.map((name, key) => [name, counts[key]] as const)),
    nameBytes: Math.round(bytes / keys),
  };
}

async function counted(source: ArrivalSource) {
  const batch = new ArrivalBatch(batchRows);
  let counts = new Uint32Array(0);
  let [keys, second, inSecond, peak] = [0, -1, 0, 0];
  while (await source.next(batch)) {
    keys = batch.keys;
    counts = grown(counts, keys);
    for (let row = 0; row < batch.length; row++) {
      counts[batch.key[row]]++;
      const at = Math.floor(batch.timeUs[row] / secondUs);
      inSecond = at === second ? inSecond + 1 : 1;
      second = at;
      if (inSecond > peak) peak = inSecond;
    }
  }
  return { counts, keys, peak };
}
