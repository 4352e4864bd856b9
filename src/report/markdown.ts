/** The comparison for a pull request, a wiki or a job summary (GitHub flavoured Markdown). */
import { markdownTable } from 'markdown-table';
import stringWidth from 'string-width';
import type { AlgorithmResult, RunResult } from '../sim/result.ts';
import { columnsOf, figureTabs } from './columns/index.ts';
import { type Fact, factsOf } from './header.ts';
import { markSigns } from './marks.ts';
import { overviewOfRuns, runsInWords } from './over-runs.ts';
import { recommendation } from './recommendation.ts';
import { labelOf } from './rows.ts';
import { type TableColumn, tableOf } from './table.ts';
import { verdictsOf } from './verdict.ts';

export function renderMarkdown(result: RunResult): string {
  const { results, scenario } = result;
  const blocks = [
    `# Rate limiters compared: ${escaped(scenario.name)}`,
    ...(result.partial ? ['**Partial: the run was interrupted.**'] : []),
    ...verdictBlocks(result),
    ...figureTabs.flatMap((tab) => [`## ${tab}`, table(tableOf(columnsOf[tab], results), results)]),
    ...overRunsBlocks(result),
    `${markSigns.best} best and ${markSigns.worst} worst of a column, where there is a difference.`,
    '## How it was run',
    list([...factsOf(result).map(factLine), `**version:** ${escaped(result.version)}`]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function verdictBlocks(result: RunResult): string[] {
  const verdicts = verdictsOf(result).map(
    ({ row, verdict }) => `**${escaped(labelOf(row))}** ${escaped(verdict)}`,
  );
  const choice = recommendation(result).map(escaped);
  return [
    ...(verdicts.length > 0 ? ['## In words', list(verdicts)] : ['No algorithm was compared.']),
    ...(choice.length > 0 ? ['## Which one?', list(choice)] : []),
  ];
}

function overRunsBlocks(result: RunResult): string[] {
  const words = runsInWords(result);
  if (words === undefined) return [];
  const legend = `${markSigns.best} best, and what is not really different from it: the intervals overlap.`;
  return ['## Over several runs', `${words}.`, table(overviewOfRuns(result.results), result.results), legend];
}

function table(columns: readonly TableColumn[], rows: readonly AlgorithmResult[]): string {
  const lines = rows.map((row, at) => [
    escaped(labelOf(row)),
    ...columns.map(({ cells }) => {
      const { text, mark } = cells[at];
      return escaped(text) + (mark === undefined ? '' : ` ${markSigns[mark]}`);
    }),
  ]);
  const align = ['l', ...columns.map(() => 'r')];
  return markdownTable([['', ...columns.map(({ column }) => column.title)], ...lines], {
    align,
    stringLength: (text) => stringWidth(text),
  });
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

function factLine({ name, text, quoted }: Fact): string {
  return `**${name}:** ${quoted ? code(text) : escaped(text)}`;
}

/** Text that Markdown shows letter by letter: neither markup nor HTML nor a mention of anybody. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>&|~#!]/g, '\\$&').replaceAll('@', '@<!-- -->');
}

/** Text of the traffic in a code span, where nothing but its end has a meaning; the fence is longer than any inside. */
function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence} ${text} ${fence}`;
}
