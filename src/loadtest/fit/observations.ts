import type { RecordedRequest, Recording } from '../recording/recording.ts';

/** A decision as a fit sees it: it fell at some instant from `fromUs` to `toUs`. */
export interface Observation {
  readonly key: number;
  readonly fromUs: number;
  readonly toUs: number;
  readonly cost: number;
  readonly allowed: boolean;
}

/** The decisions of one key after the other, each in the order of sending; peeks, which take nothing, are left out. */
export type Observations = readonly Observation[];

/** `toleranceUs`: how far the clock may have been off on either side. */
export function observationsOf({ requests }: Recording, toleranceUs: number): Observations {
  return requests
    .filter(({ cost }) => cost > 0)
    .map(({ sentUs, answeredUs, key, cost, allowed }: RecordedRequest) => ({
      key,
      fromUs: Math.max(0, sentUs - toleranceUs),
      toUs: answeredUs + toleranceUs,
      cost,
      allowed,
    }))
    .sort((a, b) => a.key - b.key);
}

/** The keys that were refused most, together at least `most` decisions where there are as many. */
export function tellingSample(all: Observations, most: number): Observations {
  const groups = byKey(all);
  const refusals = (group: Observations) => group.reduce((sum, { allowed }) => sum + (allowed ? 0 : 1), 0);
  const ranked = groups
    .map((group) => ({ group, refused: Math.min(refusals(group), group.length - refusals(group)) }))
    .sort((a, b) => b.refused - a.refused);
  const sample: Observation[] = [];
  for (const { group } of ranked) {
    if (sample.length >= most) break;
    for (const one of group.slice(0, most)) sample.push(one);
  }
  return sample;
}

/** The observations of each key. */
export function byKey(all: Observations): Observation[][] {
  const groups: Observation[][] = [];
  for (const one of all) {
    if (groups.at(-1)?.[0].key !== one.key) groups.push([]);
    groups.at(-1)?.push(one);
  }
  return groups;
}
