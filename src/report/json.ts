import type { RunResult } from '../sim/result.ts';

/** Fields whose names come from the traffic or from the user, in the order in which they turned up. */
const freelyNamed = new Set(['params', 'skipped']);

/**
 * The RunResult as it is. Fields stand in the order of `RunResult`, freely named ones in that of the alphabet, so that the
 * same run gives the same bytes; columns of numbers, such as those of the timeline, take one line.
 */
export function renderJson(result: RunResult): string {
  const text = JSON.stringify(result, (name, value) => (freelyNamed.has(name) ? sorted(value) : value), 2);
  return `${text.replace(numbersInLines, (numbers) => numbers.replace(/\s+/g, '').replaceAll(',', ', '))}\n`;
}

/** Only an array of numbers spreads like this; inside a JSON string a line never ends. */
const numbersInLines = /\[\n\s+-?\d[\d.e+-]*(?:,\n\s+-?\d[\d.e+-]*)*\n\s+\]/g;

function sorted(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
}
