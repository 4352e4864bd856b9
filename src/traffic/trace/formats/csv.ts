import { UsageError } from '../../../errors.ts';
import type { FormatContext, TraceFormat } from '../format.ts';
import { blank } from '../text/bytes.ts';
import { frontTime } from '../text/front.ts';
import { parseRecord, pathsOf } from '../text/json.ts';
import { shareOfRequests, tellClients } from '../text/request.ts';
import { areStamps, nearlyAll } from './byvalues.ts';
import { countSeriesOf } from './counts.ts';
import { guessField, type Picked, pickedWords, rolesOf } from './guess.ts';
import { firstCountColumn } from './header.ts';
import { isAddress } from './keyvalues.ts';
import { refuseMeasures } from './measures.ts';
import { otherLogOf } from './otherlogs.ts';
import { pick } from './pick.ts';
import { refuseProgramLog } from './pickedlines.ts';
import { columnsOf, refuseWithoutTime, type Table, tableOf } from './table.ts';
import { TableLines, tableTitle } from './tablelines.ts';
import { isProgramLog } from './tablelog.ts';

/** Any table with a column that holds the time. */
export const csv: TraceFormat = {
  name: 'csv',
  generic: true,
  title: 'CSV or TSV',
  about:
    'A table with a header or without, columns found by their names or given by --time, --key and --cost',
  defaults: {
    time: 'by name: time, timestamp, ts …',
    key: 'by name: key, client, ip, user …',
    duration: 'by name',
  },
  open(context) {
    const table = tableOf(context);
    if (table === undefined) return undefined;
    const isSaid = context.options.format === csv.name;
    if (!isSaid && isOther(table, context)) return undefined;
    if (!isSaid && table.header !== undefined) refuseProgramLog(table, context);
    const found = pick(columnsOf(table), context.options);
    const picked = areIds(table, context) ? { ...found, time: undefined, key: table.fields[0] } : found;
    if (!isSaid && (missesItsDates(table, picked, context) || missesItsClients(table, picked, context)))
      return undefined;
    refuseOthers(table, picked, context);
    if (picked.time === undefined && !isWanted(table, context)) return undefined;
    return new TableLines(tableTitle(table), table, rolesOf(picked), context, [pickedWords(picked)]);
  },
};

/** Whether a table is for another format to read, or for none. */
function isOther(table: Table, context: FormatContext): boolean {
  return holdsObjects(table) || isCounts(table, context) || isProgramLog(table, context);
}

/** Whether a table without times is to be read: not words of a log, and only at a rate that the user gives. */
function isWanted(table: Table, context: FormatContext): boolean {
  const { fields, delimiter } = table;
  const { options, sample } = context;
  const isWords = options.format !== 'csv' && delimiter === blank;
  if (!isWords && isOnlyHeader(table, context))
    throw new UsageError(`${context.file}: only a header (${fields.join(', ')}): there is nothing to replay`);
  if (options.ratePerSecond === undefined && !isWords) refuseWithoutTime(context, fields);
  return options.ratePerSecond !== undefined && !(isWords && shareOfRequests(sample.lines) > 0.5);
}

function isOnlyHeader({ header }: Table, { sample }: FormatContext): boolean {
  return (
    sample.whole &&
    sample.lines.every((line) => line === header || line.trim() === '' || line.startsWith('#'))
  );
}

/** Whether lines begin with dates or tell requests, and the time would be a number somewhere in them. */
function missesItsDates(table: Table, { time }: Picked, { options, sample }: FormatContext): boolean {
  if (table.header !== undefined || time === undefined || options.time !== undefined) return false;
  if (time.some((place) => Number(place) <= dateWords)) return false;
  const dated = sample.lines.filter((line) => (frontTime(line)?.from ?? dayName) < dayName);
  if (dated.length > sample.lines.length * 0.5) return true;
  const { values } = columnsOf(table);
  return shareOfRequests(sample.lines) > 0.5 && !time.some((field) => areStamps(values(field)));
}

/** Whether lines tell requests and their clients within words, and the key would be another one of these words. */
function missesItsClients(table: Table, { key }: Picked, { options, sample }: FormatContext): boolean {
  const { delimiter, header } = table;
  if (delimiter !== blank || header !== undefined || key === undefined || options.key !== undefined)
    return false;
  return !nearlyAll(columnsOf(table).values(key), isAddress) && tellClients(sample.lines);
}

/** A bracket or the name of a day may stand before the date. */
const dayName = 'Tue, '.length + 1;

/** Words that a date in front of a line may have: `Nov 14 22:13:20`. */
const dateWords = 3;

/** Time, tag and a JSON object, as fluentd and Kubernetes write them, even one that blanks part: what a row means is in the object. */
function holdsObjects({ rows, header, delimiter }: Table): boolean {
  if (delimiter === blank && rows.every((row) => row.some((cell) => cell.startsWith('{"')))) return true;
  const objects = rows.map((row) => parseRecord(row[row.length - 1] ?? ''));
  return (
    header === undefined && objects.every((object) => object !== undefined && pathsOf(object).length > 1)
  );
}

/**
 * Whether a file has numbers alone, one a line, that come down again to where they began: blocks of a disk or objects of a cache,
 * and no times, although the first of them go up.
 */
function areIds({ fields, header }: Table, { sample, options }: FormatContext): boolean {
  if (fields.length > 1 || header !== undefined || options.time !== undefined) return false;
  const numbers = sample.bytes.toString('latin1').split('\n').map(Number);
  let largest = 0;
  const fallen = numbers.filter((number) => {
    largest = Math.max(largest, number || 0);
    return number < largest * 0.5;
  });
  return fallen.length > numbers.length * 0.1;
}

/** Tables of counts have formats of their own, which must not lose a damaged one to this. */
function isCounts(table: Table, context: FormatContext): boolean {
  return (
    countSeriesOf(table, context) !== undefined ||
    (table.header !== undefined && firstCountColumn(table.fields) > 0)
  );
}

/** What describes a workload or measures one has no requests to replay, unless the user names the columns of a log in it. */
function refuseOthers(table: Table, picked: Picked, { options, file, sample }: FormatContext): void {
  const { time, cost, key, format } = options;
  if (time !== undefined || cost !== undefined || key !== undefined || format === 'csv') return;
  const other = otherLogOf(sample.lines);
  if (other !== undefined) throw new UsageError(`${file}: ${other}`);
  const rate = guessField(table.fields, 'rate');
  if (rate !== undefined && guessField(table.fields, 'count') === undefined) {
    throw new UsageError(
      `${file}: a table of rates (column ${rate}), one row a window, is a workload model and no request trace: ` +
        'model it with --rate and --keys or a scenario, or name the columns of a log with --time and --key',
    );
  }
  refuseMeasures(columnsOf(table), picked, file);
}
