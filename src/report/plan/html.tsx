import type { PlanResult } from '../../plan/result.ts';
import { formatCount } from '../../units.ts';
import { type DrawnChart, drawTwice } from '../html/charts.ts';
import { renderDocument } from '../html/document.tsx';
import { Section as Chapter, Figure, PlainFigures } from '../html/parts.tsx';
import { safeText } from '../safe-text.ts';
import { planHeader, planSections, type Section } from './sections.ts';

/** A plan as a page. */
export async function renderPlanHtml(result: PlanResult): Promise<string> {
  const { limit, rate_per_s } = result.asked;
  const drawn: DrawnSection[] = [];
  for (const section of planSections(result)) {
    drawn.push({ ...section, ...(section.chart && { picture: await drawTwice(section.chart) }) });
  }
  return renderDocument({
    version: safeText(result.version),
    kind: 'Capacity plan',
    heading: safeText(`${limit} at ${formatCount(rate_per_s)}/s`),
    facts: planHeader(result).map(([name, text]) => ({ name, text: safeText(text) })),
    skipTo: { id: idOf(0), name: 'the size' },
    footer: 'The same prices, calibration and flags give the same figures again.',
    children: drawn.map((section, at) => <Shown key={section.title} id={idOf(at)} {...section} />),
  });
}

interface DrawnSection extends Section {
  readonly picture?: DrawnChart;
}

function idOf(at: number): string {
  return `section-${at + 1}`;
}

/** What belongs to a table stands above it. */
function Shown({ id, title, table, picture, items = [] }: DrawnSection & { readonly id: string }) {
  const name = safeText(title);
  const words = items.map(safeText);
  return (
    <Chapter id={id} title={name}>
      {table && <PlainFigures name={name} caption={words.join(' ') || `${name}.`} table={plain(table)} />}
      {picture && <Figure chart={picture} />}
      {!table && words.map((item) => <p key={item}>{item}</p>)}
    </Chapter>
  );
}

function plain([head, ...rows]: NonNullable<Section['table']>) {
  return { head: head.map(safeText), rows: rows.map((row) => row.map(safeText)) };
}
