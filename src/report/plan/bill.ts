/** What the chosen row costs with all that stands around it, and what the same would cost by the request. */
import type { Bill, BillLine } from '../../plan/result.ts';
import { formatCount, formatUsd } from '../../units.ts';
import type { Section } from './sections.ts';

const billHead = ['', 'quantity', 'each', 'a month'];

export function billSections({ algorithm, pricing, lines, usd_per_month, instead }: Bill): Section[] {
  const table = [billHead, ...lines.map(billCells), ['in all', '', '', formatUsd(usd_per_month)]];
  const optimistic = lines.filter((line) => line.optimistic !== undefined);
  return [
    { title: `Bill for ${algorithm}, ${pricing}, the peak all month long`, table },
    ...(instead.length > 0
      ? [{ title: 'Instead, paid by the request', table: [billHead, ...instead.map(billCells)] }]
      : []),
    ...(optimistic.length > 0
      ? [
          {
            title: 'Where the bill is optimistic',
            items: optimistic.map(({ what, optimistic }) => `${what}: ${optimistic}`),
          },
        ]
      : []),
    {
      title: 'Sources of the prices',
      items: [...lines, ...instead].map(({ what, source, as_of }) => `${what}: ${source}; noted ${as_of}`),
    },
  ];
}

function billCells({ what, quantity, unit, usd_per_unit, usd_per_month }: BillLine): string[] {
  return [what, formatCount(quantity), `${formatUsd(usd_per_unit)} ${unit}`, formatUsd(usd_per_month)];
}
