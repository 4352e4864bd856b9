import type { Recording } from '../recording/recording.ts';

/** A decision as a fit sees it: it fell at some instant from `fromUs` to `toUs`. */
export interface Observation {
  readonly key: number;
  readonly fromUs: number;
  readonly toUs: number;
  /** From sending until the answer was there, which a queue holds back; absent where nobody noted it. */
  readonly tookUs?: number;
  readonly cost: number;
  readonly allowed: boolean;
}

/** The decisions of each key, in the order of sending; peeks, which take nothing, are left out. */
export type Observations = readonly (readonly Observation[])[];

/** `toleranceUs`: how far the clock may have been off on either side. */
export function observationsOf({ requests, hasLatency }: Recording, toleranceUs: number): Observations {
  const byKey = new Map<number, Observation[]>();
  for (const { sentUs, answeredUs, key, cost, allowed } of requests) {
    if (cost === 0) continue;
    const ofKey = byKey.get(key) ?? [];
    ofKey.push({
      key,
      fromUs: Math.max(0, sentUs - toleranceUs),
      toUs: answeredUs + toleranceUs,
      ...(hasLatency && { tookUs: answeredUs - sentUs }),
      cost,
      allowed,
    });
    byKey.set(key, ofKey);
  }
  return [...byKey.values()];
}

/** The keys that were refused most, together at least `most` decisions where there are as many. */
export function tellingSample(all: Observations, most: number): Observations {
  const refusals = (group: readonly Observation[]) =>
    group.reduce((sum, { allowed }) => sum + (allowed ? 0 : 1), 0);
  const ranked = all
    .map((group) => ({ group, refused: Math.min(refusals(group), group.length - refusals(group)) }))
    .sort((a, b) => b.refused - a.refused);
  const sample: (readonly Observation[])[] = [];
  let decisions = 0;
  for (const { group } of ranked) {
    if (decisions >= most) break;
    sample.push(group.slice(0, most));
    decisions += Math.min(group.length, most);
  }
  return sample;
}

/** The longest that any client rested. */
export function longestRestUs(all: Observations): number {
  let longest = 0;
  for (const group of all) {
    for (let at = 1; at < group.length; at++)
      longest = Math.max(longest, group[at].fromUs - group[at - 1].fromUs);
  }
  return longest;
}
