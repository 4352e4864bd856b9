import { UsageError } from '../errors.ts';
import { figurePaths, findFigure } from '../sim/figure.ts';
import { parseRatio } from '../units.ts';

/** How far figures may lie from the baseline's. */
export interface Tolerance {
  readonly concerns: (path: string) => boolean;
  /** Share of the baseline's figure. */
  readonly share: number;
}

/** Reads `accuracy.*=1%`, `latency.p99=10%`, `*=0.5%`. Throws UsageError for figures that do not exist. */
export function parseTolerance(text: string): Tolerance {
  const equals = text.lastIndexOf('=');
  if (equals < 0) throw new UsageError(`"${text}" is not a tolerance; write it like accuracy.*=1%`);
  const concerns = matcher(text.slice(0, equals).trim());
  return { concerns, share: parseRatio(text.slice(equals + 1)) };
}

function matcher(name: string): Tolerance['concerns'] {
  if (!name.includes('*')) {
    const path = findFigure(name);
    return (other) => other === path;
  }
  const pattern = new RegExp(`^${name.split('*').map(escaped).join('.*')}$`);
  if (!figurePaths().some((path) => pattern.test(path))) findFigure(name); // throws, with names that are near
  return (path) => pattern.test(path);
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** The last tolerance that speaks of a figure; undefined when none does. */
export function toleranceOf(path: string, tolerances: readonly Tolerance[]): number | undefined {
  return tolerances.findLast(({ concerns }) => concerns(path))?.share;
}
