import stringWidth from 'string-width';
import type { PlanResult } from '../../plan/result.ts';
import { aligned } from '../aligned.ts';
import { textOf } from '../blocks.ts';
import { safeText } from '../safe-text.ts';
import type { TextOptions } from '../text.ts';
import { hanging, labelled } from '../wrap.ts';
import { planHeader, planSections, type Section } from './sections.ts';

const width = 80;
const gap = 2;

/** A plan for a terminal. */
export function renderPlanText(
  result: PlanResult,
  { ascii = false }: Pick<TextOptions, 'ascii'> = {},
): string {
  const header = planHeader(result).flatMap(([name, text]) => labelled(name, safeText(text), width));
  return textOf([header, ...planSections(result).map(sectionLines)], ascii);
}

export function sectionLines({ title, table = [], lines: drawing = [], items = [] }: Section): string[] {
  const safe = table.map((row) => row.map(safeText));
  const tables = safe.length === 0 ? [] : pagesOf(safe).flatMap((page) => [...aligned(page), '']);
  const words = items.flatMap((item) => hanging(safeText(item), width, 2));
  const drawn = drawing.length > 0 ? [...drawing.map(safeText), ''] : [];
  const lines = [title.toUpperCase(), ...tables, ...drawn, ...words];
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** The columns one after another in tables that fit, each with the names. */
function pagesOf(table: readonly (readonly string[])[]): string[][][] {
  const widths = table[0].map((_, at) => Math.max(...table.map((row) => stringWidth(row[at]))));
  const pages: number[][] = [];
  let room = 0;
  for (let at = 1; at < widths.length; at++) {
    if (pages.length === 0 || room < gap + widths[at]) {
      pages.push([]);
      room = width - widths[0];
    }
    pages[pages.length - 1].push(at);
    room -= gap + widths[at];
  }
  return pages.map((columns) => table.map((row) => [row[0], ...columns.map((at) => row[at])]));
}
