/** What a plan says, cut into sections that each kind of report shows in its way. */

import { headRoomRules } from '../../plan/head-room.ts';
import type { PlanResult } from '../../plan/result.ts';
import { cheapest } from '../../plan/sizing.ts';
import { formatCount, formatShare, spellDuration } from '../../units.ts';
import type { Chart } from '../charts/chart.ts';
import { billSections } from './bill.ts';
import { headRoomChart } from './head-room-chart.ts';
import { loadSection, memorySection, sizeSection } from './size.ts';
import { ceilingSection, whatIfSections } from './what-if.ts';

export interface Section {
  readonly title: string;
  /** Rows of equal length, the first of them the head. */
  readonly table?: readonly (readonly string[])[];
  /** Where pictures can be shown. */
  readonly chart?: Chart | undefined;
  /** A drawing in signs, laid out already. */
  readonly lines?: readonly string[];
  readonly items?: readonly string[];
}

/** Names and what they stand for, above all sections. */
export function planHeader({ asked }: PlanResult): (readonly [name: string, text: string])[] {
  const hottest = `the busiest asks ${formatShare(asked.hottest_key_ratio)} of it`;
  const hold = asked.hold_us === null ? '' : `; a request is in flight for ${spellDuration(asked.hold_us)}`;
  return [
    ['limit', `${asked.limit}, for each key`],
    [
      'traffic',
      `${formatCount(asked.rate_per_s)}/s at the peak, of ${formatCount(asked.keys)} keys, ${asked.popularity}: ${hottest}${hold}`,
    ],
    [
      'store',
      `Redis, ${asked.replicas === 0 ? 'no replica' : `each master with ${asked.replicas} replica${asked.replicas > 1 ? 's' : ''} in other zones`}`,
    ],
    ['measured', `${asked.calibration.server}, ${asked.calibration.measured_at.slice(0, 10)}`],
    ['prices', `${asked.prices.name}, ${asked.prices.as_of}`],
  ];
}

/** Sections that are looked at together. */
export interface PlanChapter {
  readonly name: string;
  readonly sections: readonly Section[];
}

/** Those that have something to show. */
export function planChapters(result: PlanResult): PlanChapter[] {
  const { rows, bill, what_if = [], ceilings, notes, unknown } = result;
  const chapters: PlanChapter[] = [
    {
      name: 'Size',
      sections: [
        { ...sizeSection(rows), chart: headRoomChart(result) },
        memorySection(rows),
        loadSection(rows),
      ],
    },
    { name: 'Bill', sections: bill ? billSections(bill) : [] },
    {
      name: 'What if',
      sections: [
        ...what_if.flatMap((one) => whatIfSections(one, cheapest(rows))),
        ...(ceilings ? [ceilingSection(ceilings)] : []),
      ],
    },
    {
      name: 'Notes',
      sections: [
        ...(notes.length > 0 ? [{ title: 'Notes', items: notes }] : []),
        { title: 'Head room', items: headRoomItems(result) },
        { title: 'What this does not know', items: unknown },
      ],
    },
  ];
  return chapters.filter(({ sections }) => sections.length > 0);
}

export function planSections(result: PlanResult): Section[] {
  return planChapters(result).flatMap(({ sections }) => sections);
}

function headRoomItems({ head_room }: PlanResult): string[] {
  const values: Readonly<Record<string, number>> = head_room;
  return [
    'Each is changed by --head-room name=value.',
    ...headRoomRules.map(({ name, text }) => `${name}=${values[name]}: ${text}`),
  ];
}
