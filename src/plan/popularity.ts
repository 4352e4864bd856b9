/** How requests spread over keys: groups of keys that are equally busy, the busiest group first. */
export interface KeyGroup {
  readonly keys: number;
  /** Of all requests, for each key of the group. */
  readonly share: number;
}

/** Ranks that have a group of their own; those behind are joined by ranks that differ by a fiftieth. */
const singleRanks = 1000;
const blockGrowth = 1.02;

/** Rank r is asked for r^-exponent as often as the first; exponent 0 is uniform. */
export function zipfGroups(keys: number, exponent: number): KeyGroup[] {
  if (exponent === 0) return [{ keys, share: 1 / keys }];
  const blocks: { keys: number; weight: number }[] = [];
  for (let rank = 1; rank <= keys; ) {
    const count = rank <= singleRanks ? 1 : Math.min(Math.ceil(rank * (blockGrowth - 1)), keys - rank + 1);
    blocks.push({ keys: count, weight: weightOf(rank, count, exponent) / count });
    rank += count;
  }
  const total = blocks.reduce((sum, block) => sum + block.keys * block.weight, 0);
  return blocks.map(({ keys, weight }) => ({ keys, share: weight / total }));
}

/** The sum of r^-exponent over `count` ranks from `rank` on; for many, the integral over them. */
function weightOf(rank: number, count: number, exponent: number): number {
  if (count === 1) return rank ** -exponent;
  const [from, to] = [rank - 0.5, rank + count - 0.5];
  if (exponent === 1) return Math.log(to / from);
  return (to ** (1 - exponent) - from ** (1 - exponent)) / (1 - exponent);
}

/** Groups from how often each key was seen; keys that were never seen have none. */
export function countedGroups(counts: Iterable<number>): KeyGroup[] {
  const keysOf = new Map<number, number>();
  let total = 0;
  for (const count of counts) {
    if (count === 0) continue;
    keysOf.set(count, (keysOf.get(count) ?? 0) + 1);
    total += count;
  }
  return [...keysOf]
    .sort(([one], [other]) => other - one)
    .map(([count, keys]) => ({ keys, share: count / total }));
}
