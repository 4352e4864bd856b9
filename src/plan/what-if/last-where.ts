/**
 * The last value, going from `inside` to `outside`, at which something holds: found by halving to a step of one. It holds
 * `inside` and not `outside`; where it holds again in between, one of the places where it ends is found.
 */
export function lastWhere(holds: (value: number) => boolean, inside: number, outside: number): number {
  let [yes, no] = [inside, outside];
  while (Math.abs(no - yes) > 1) {
    const middle = Math.round((yes + no) / 2);
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}

/** The values at which something holds: from the least to the most, null where no end was found. */
export interface Stretch {
  readonly from: number | null;
  readonly to: number | null;
}

/** Around `asked`, or the one nearest to it, between `least` and `most`; undefined where it holds nowhere. */
export function stretchWhere(
  holds: (value: number) => boolean,
  asked: number,
  least: number,
  most: number,
): Stretch | undefined {
  if (!holds(asked) && holds(least)) return { from: null, to: lastWhere(holds, least, asked) };
  let inside = asked;
  while (!holds(inside) && inside < most) inside *= 2;
  if (!holds(inside)) return undefined;
  const below = inside === asked ? least : asked;
  let outside = inside * 2;
  while (holds(outside) && outside < most) outside *= 2;
  return {
    from: holds(below) ? null : lastWhere(holds, inside, below),
    to: holds(outside) ? null : lastWhere(holds, inside, outside),
  };
}
