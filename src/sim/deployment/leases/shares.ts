/**
 * How a coordinator shares a capacity among those who want parts of it (youtube/doorman, doc/algorithms.md). All take and
 * answer amounts in the same unit, one for each holder; the sum of the answers is at most the capacity, and nobody is given
 * more than it wants.
 */
export type ShareRule = (capacity: number, wants: readonly number[]) => number[];

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

/** Each is given an equal part at most; what some do not want goes to the others by how much they lack. */
export const proportionalShare: ShareRule = (capacity, wants) => {
  const equal = capacity / wants.length;
  const first = wants.map((want) => Math.min(want, equal));
  const lacking = sum(wants) - sum(first);
  if (lacking === 0) return first;
  const part = Math.min(1, (capacity - sum(first)) / lacking);
  return first.map((given, at) => given + (wants[at] - given) * part);
};

/** Max-min fair: what some do not want is shared equally among the others, until all is given or nobody lacks. */
export const fairShare: ShareRule = (capacity, wants) => {
  const order = wants.map((_, at) => at).sort((a, b) => wants[a] - wants[b]);
  const given = new Array<number>(wants.length).fill(0);
  let left = capacity;
  for (const [rank, at] of order.entries()) {
    given[at] = Math.min(wants[at], left / (order.length - rank));
    left -= given[at];
  }
  return given;
};

/** An equal part for each, whatever the others want. */
export const equalShare: ShareRule = (capacity, wants) =>
  wants.map((want) => Math.min(want, capacity / wants.length));

export const shareRules = { proportional: proportionalShare, fair: fairShare, equal: equalShare };
