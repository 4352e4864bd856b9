import { markdownTable } from 'markdown-table';
import type { PlanResult } from '../../plan/result.ts';
import { escaped, list } from '../markdown-text.ts';
import { safeText } from '../safe-text.ts';
import { planHeader, planSections, type Section } from './sections.ts';

/** A plan as a page of Markdown. */
export function renderPlanMarkdown(result: PlanResult): string {
  const header = list(planHeader(result).map(([name, text]) => `${name}: ${shown(text)}`));
  return `${['# Capacity plan', header, ...planSections(result).map(sectionMarkdown)].join('\n\n')}\n`;
}

function sectionMarkdown({ title, table = [], lines = [], items = [] }: Section): string {
  const align = ['l', ...(table[0] ?? []).slice(1).map(() => 'r')];
  return [
    `## ${shown(title)}`,
    ...(table.length > 0
      ? [
          markdownTable(
            table.map((row) => row.map(shown)),
            { align },
          ),
        ]
      : []),
    ...(lines.length > 0 ? [`\`\`\`text\n${lines.map(safeText).join('\n')}\n\`\`\``] : []),
    ...(items.length > 0 ? [list(items.map(shown))] : []),
  ].join('\n\n');
}

function shown(text: string): string {
  return escaped(safeText(text));
}
