import { UsageError } from '../errors.ts';
import { findFigure, isOfTraffic, parseFigure } from './figure.ts';
import { parseSelections, type Selection } from './selection.ts';

const operators = {
  '<': (seen: number, bound: number) => seen < bound,
  '<=': (seen: number, bound: number) => seen <= bound,
  '>': (seen: number, bound: number) => seen > bound,
  '>=': (seen: number, bound: number) => seen >= bound,
  '==': (seen: number, bound: number) => seen === bound,
  '!=': (seen: number, bound: number) => seen !== bound,
} as const;

/** What a run is expected to show: a figure and a bound for it. */
export interface Expectation {
  /** As it was written. */
  readonly text: string;
  /** The rows that are meant; absent when all are. */
  readonly row?: Selection;
  /** Path of the figure. */
  readonly path: string;
  /** The bound in words: `< 5ms`. */
  readonly bound: string;
  readonly holds: (seen: number) => boolean;
  /** Where it stands in a file; absent where a flag said it. */
  readonly place?: Place;
}

export interface Place {
  readonly file: string;
  /** From 1 on. */
  readonly line: number;
}

const pattern = /^(?:(.+?):\s+)?(\w[\w.]*)\s*(<=|>=|==|!=|<|>)\s*(.+)$/;
const example = 'write it like fairness.jain >= 0.95 or gcra: latency.p99 < 5ms';

/** Reads `fairness.jain >= 0.95`, `gcra: latency.p99 < 5ms`, `*: accuracy.over_admitted == 0`. Throws UsageError. */
export function parseExpectation(text: string): Expectation {
  const match = pattern.exec(text.trim());
  if (!match) throw new UsageError(`"${text}" is not an expectation; ${example}`);
  const [, subject = '*', name, operator, value] = match;
  const path = findFigure(name);
  const bound = boundOf(path, value, text);
  const holds = operators[operator as keyof typeof operators]; // the pattern has no others
  const row = rowOf(subject, text);
  if (row && isOfTraffic(path)) {
    throw new UsageError(`"${text}": ${path} is the same for every algorithm; leave out "${subject}:"`);
  }
  return {
    text: text.trim(),
    ...(row && { row }),
    path,
    bound: `${operator} ${value.trim()}`,
    holds: (seen) => holds(seen, bound),
  };
}

function boundOf(path: string, value: string, text: string): number {
  try {
    return parseFigure(path, value);
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`"${text}": ${error.message}`);
    throw error;
  }
}

function rowOf(subject: string, text: string): Selection | undefined {
  if (subject.trim() === '*') return undefined;
  const selections = parseSelections(subject);
  if (selections.length === 1) return selections[0];
  throw new UsageError(`"${text}": "${subject}" is not one algorithm; write one name, or * for all`);
}

/** Whether the row is meant: a name alone means every row of the algorithm, with parameters the one that has them. */
export function concerns(
  { row }: Expectation,
  { algorithm, variant }: Pick<Selection, 'algorithm' | 'variant'>,
): boolean {
  return (
    row === undefined || (row.algorithm === algorithm && (row.variant === '' || row.variant === variant))
  );
}
