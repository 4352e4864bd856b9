import { UsageError } from '../../../errors.ts';
import { spellDuration } from '../../../units.ts';
import type { Picked } from './guess.ts';
import { plain } from './names.ts';
import type { Columns } from './pick.ts';
import { evenStepOf, gridStepOf } from './steps.ts';

/** Refuses what was measured again and again, and asked by nobody. */
export function refuseMeasures(columns: Columns, picked: Picked, file: string): void {
  const stepUs = stepOfMeasures(columns, picked);
  if (stepUs === undefined) return;
  throw new UsageError(
    `${file}: a table of measurements, one row each ${spellDuration(stepUs)}, and no request trace; if a column counts the ` +
      'requests of its step, name it with --trace-format counts --cost NAME; of a log, name the columns with --time and --key',
  );
}

/** Names that are of requests, however evenly these come. */
const ofRequests = /^(?:method|path|url|uri|status|statuscode|requestid)$|token|length/;

/** Names of what is measured of a thing. Clients that ask in step look the same otherwise. */
const ofThings = /value|cpu|mem|disk|load|temp|humid|volt|watt|power|usage|util|percent|pct|gauge/;

/**
 * Measurements are numbers at even steps, and nobody made them: no cost, no duration, and no key, unless each has a row at every step
 * and a name, where there are names, that things are measured by. What is the same in all rows says nothing.
 */
function stepOfMeasures(
  columns: Columns,
  { time, timeUnit, key, cost, duration }: Picked,
): number | undefined {
  const { fields, values, named } = columns;
  const isUntold = !named && key === undefined;
  if (isUntold || time?.length !== 1 || cost !== undefined || duration !== undefined) return undefined;
  if (fields.some((field) => ofRequests.test(plain(field)))) return undefined;
  const others = fields.filter((field) => field !== time[0] && field !== key);
  const differing = others.map(values).filter((cells) => new Set(cells).size > 1);
  const areNumbers = differing.flat().every((cell) => !Number.isNaN(Number(cell)));
  if (differing.length === 0 || !areNumbers) return undefined;
  const isOfOne = key === undefined || (!named && new Set(values(key)).size === 1);
  if (isOfOne) return evenStepOf(columns, { time, timeUnit });
  return !named || others.some((field) => ofThings.test(plain(field)))
    ? gridStepOf(columns, { time, timeUnit, key })
    : undefined;
}
