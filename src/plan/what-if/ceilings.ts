import { plainSelections, type Selection, selectionName } from '../../sim/selection.ts';
import type { PlanRow } from '../result.ts';
import { sizeOn } from '../size.ts';
import { cheapest, nodesOf, type SizingOptions, sizable, sizingOf } from '../sizing.ts';
import { axes } from './axes.ts';
import { stretchWhere } from './last-where.ts';
import { farthest, sizedAlong, whatIfRow } from './reach.ts';
import type { Ceiling } from './result.ts';

/** Of all algorithms, also of those that were not asked for. */
export function ceilingsOf(rows: readonly PlanRow[], options: SizingOptions): Ceiling[] {
  const asked = options.selections.map(selectionName);
  const others = plainSelections().filter((selection) => !asked.includes(selectionName(selection)));
  const { selections } = sizable({ ...options, selections: [...options.selections, ...others] });
  const chosen = cheapest(rows);
  return selections.map((selection) => ceilingOf(selection, chosen, options));
}

function ceilingOf(selection: Selection, chosen: PlanRow | undefined, options: SizingOptions): Ceiling {
  const { rps } = axes;
  const asked = rps.valueOf(options.demand);
  const nodes = nodesOf(options);
  const sizedAt = sizedAlong(rps, selection, options);
  const most = (holds: (rate: number) => boolean) => {
    const stretch = stretchWhere(holds, asked, Math.min(1, asked), asked * farthest);
    return stretch ? stretch.to : 0;
  };
  const within = (name: string, shards: number) => {
    const node = nodes.find((one) => one.name === name)!; // one of those
    return most((rate) => {
      const row = sizeOn(node, sizingOf(selection, { ...options, demand: rps.with(options.demand, rate) }));
      return row.fits && row.shards <= shards;
    })!; // some rate is too much for so many shards
  };
  return {
    row: whatIfRow(sizedAt(asked)),
    one_shard_per_s: within(nodes[0].name, 1),
    chosen_per_s: chosen ? within(chosen.node, chosen.shards) : null,
    any_per_s: most((rate) => sizedAt(rate).fits),
  };
}
