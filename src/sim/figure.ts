/** Figures of a run, each named by its path in the RunResult: `accuracy.over_admitted` of a row, `traffic.keys` of the run. */
import * as z from 'zod';
import { noneCalled } from '../did-you-mean.ts';
import { UsageError } from '../errors.ts';
import { parseBytes, parseDuration, parseNumber, parseRate, parseRatio, spellDuration } from '../units.ts';
import { type AlgorithmResult, type RunResult, rowSchema, trafficSchema } from './result.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What may be left away when a figure is named: `latency.p99` is `latency.p99_us`. */
const suffixes = ['', '_us', '_ratio', '_per_s'] as const;

let paths: readonly string[] | undefined;

/** The paths of all figures that a row or the traffic may have, as the schema of the RunResult knows them. */
export function figurePaths(): readonly string[] {
  paths ??= [
    ...numericPaths(z.toJSONSchema(rowSchema), ''),
    ...numericPaths(z.toJSONSchema(trafficSchema), 'traffic.'),
  ];
  return paths;
}

function numericPaths({ properties = {}, anyOf = [] }: JsonSchema, prefix: string): string[] {
  const branches = anyOf.flatMap((branch) => numericPaths(branch, prefix));
  const own = Object.entries(properties).flatMap(([name, field]) => {
    if (typeof field === 'boolean') return [];
    return isNumber(field) ? [prefix + name] : numericPaths(field, `${prefix}${name}.`);
  });
  return [...own, ...branches];
}

function isNumber({ type, anyOf = [] }: JsonSchema): boolean {
  return type === 'number' || anyOf.some((branch) => isNumber(branch));
}

/** The path that a figure's name means. Throws UsageError with names that are near. */
export function findFigure(name: string): string {
  const found = suffixes.map((suffix) => name + suffix).find((path) => figurePaths().includes(path));
  if (found !== undefined) return found;
  throw new UsageError(noneCalled('figure', name, figurePaths(), neighbours(name)));
}

/** `fairness has jain, jain_entitled`, or the groups that there are. */
function neighbours(name: string): string {
  const group = `${name.split('.')[0]}.`;
  const members = figurePaths().filter((path) => path.startsWith(group));
  if (members.length > 0) {
    return `${group.slice(0, -1)} has ${members.map((path) => path.slice(group.length)).join(', ')}`;
  }
  return `there are ${[...new Set(figurePaths().map((path) => path.replace(/\..*/, '.…')))].join(', ')}`;
}

/** Whether the figure is one of the run as a whole, the same for each row. */
export function isOfTraffic(path: string): boolean {
  return path.startsWith('traffic.');
}

/** Whether the figure says when something was: it may move, but it has no size. */
export function isInstant(path: string): boolean {
  return path.endsWith('_at_us');
}

/** The figure of a row or of the run; null where it does not exist. */
export function readFigure(holder: AlgorithmResult | RunResult, path: string): number | null {
  const value = path.split('.').reduce<unknown>(fieldOf, holder);
  return typeof value === 'number' ? value : null;
}

/**
 * Whether the figure depends on the speed of the machine: something around it is marked as measured, or the requests were
 * sent by the wall clock, which moves every figure.
 */
export function isMeasured(row: AlgorithmResult, path: string): boolean {
  if (row.live?.time === 'wall') return true;
  const around = path.split('.').slice(0, -1);
  return around.some((_, at) => {
    const holder = around.slice(0, at + 1).reduce<unknown>(fieldOf, row);
    return fieldOf(holder, 'measured') === true;
  });
}

function fieldOf(holder: unknown, name: string): unknown {
  return typeof holder === 'object' && holder !== null
    ? (holder as Record<string, unknown>)[name] // any object may be asked for any field
    : undefined;
}

/** Reads a value in the figure's unit: `5ms`, `0.1%`, `1.5GiB`, `10k`. Throws UsageError. */
export function parseFigure(path: string, text: string): number {
  if (path.endsWith('_us')) return text.trim() === '0' ? 0 : parseDuration(text);
  if (path.endsWith('_ratio') || path.startsWith('fairness.jain')) return parseRatio(text);
  if (path.includes('bytes')) return parseBytes(text);
  return path.endsWith('_per_s') && text.includes('/') ? parseRate(text) : parseNumber(text);
}

/** The figure for people, exactly, so that a bound and what missed it never look alike: `59400ms`, `0.714%`, `120`. */
export function spellFigure(path: string, value: number): string {
  if (path.endsWith('_us')) return spellDuration(Number(value.toFixed(3)));
  if (path.endsWith('_ratio')) return `${Number((value * 100).toPrecision(12))}%`;
  return String(value);
}
