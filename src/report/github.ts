/** What GitHub Actions shows of checks: annotations and the summary of the job, within the sizes that it takes. */
import type { Check, RunResult } from '../sim/result.ts';
import { nameOfCheck } from './checks.ts';
import { renderMarkdown } from './markdown.ts';
import { safeText } from './safe-text.ts';
import { counted } from './words.ts';

const mostAnnotations = 10; // of one kind that a step may make; GitHub drops the rest in silence
const mostSummaryBytes = 1024 * 1024; // a larger summary is refused as a whole

export interface GithubReport {
  /** Workflow commands, a line each, for the log of the step; empty when there is nothing to say. */
  readonly commands: string;
  /** Markdown to append to the file that GITHUB_STEP_SUMMARY names. */
  readonly summary: string;
}

/** All results of one step together, since the limits are those of a step. */
export function renderGithub(results: readonly RunResult[]): GithubReport {
  const broken = results.flatMap(({ scenario, checks = [] }) =>
    checks.filter(({ passed }) => !passed).map((check) => errorOf(scenario.name, check)),
  );
  const interrupted = results
    .filter(({ partial }) => partial)
    .map(({ scenario }) =>
      command('warning', 'interrupted', `${safeText(scenario.name)}: every figure is of a part`),
    );
  const commands = [...capped(broken, 'error', 'check'), ...capped(interrupted, 'warning', 'run')];
  return { commands: commands.join(''), summary: summaryOf(results) };
}

function errorOf(scenario: string, check: Check): string {
  const { expected, seen, reproduce, place } = check;
  const message = `expected ${safeText(expected)}, seen ${safeText(seen)}\nreproduce: ${safeText(reproduce)}`;
  return command('error', `${safeText(scenario)}: ${nameOfCheck(check)}`, message, place);
}

/** With a place the annotation stands beside that line of the change. */
function command(kind: 'error' | 'warning', title: string, message: string, place?: Check['place']): string {
  const where = place ? `file=${escapedProperty(safeText(place.file))},line=${place.line},` : '';
  return `::${kind} ${where}title=${escapedProperty(title)}::${escapedData(message)}\n`;
}

/** The rule of the runner: what would end the command or the line is written as in a URL. */
function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function capped(commands: readonly string[], kind: 'error' | 'warning', noun: string): string[] {
  if (commands.length <= mostAnnotations) return [...commands];
  const shown = commands.slice(0, mostAnnotations - 1);
  const rest = commands.length - shown.length;
  return [...shown, command(kind, `${counted(rest, `more ${noun}`)}`, 'the summary of the job lists them')];
}

function summaryOf(results: readonly RunResult[]): string {
  let summary = '';
  for (const [at, result] of results.entries()) {
    const next = `${renderMarkdown(result)}\n`;
    const rest = `**${counted(results.length - at, 'more scenario')}** left out: a summary may have 1 MiB.\n`;
    if (Buffer.byteLength(summary + next + rest) > mostSummaryBytes) return summary + rest;
    summary += next;
  }
  return summary;
}
