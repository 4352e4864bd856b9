import { UsageError } from '../../../errors.ts';
import type { FormatContext, TraceFormat, TraceParser } from '../format.ts';
import { lineFeed } from '../text/bytes.ts';
import { isRecord, type JsonRecord, JsonSplitter, pathsOf, shownText, valueAt } from '../text/json.ts';
import { countsTitle, countWords, evenCountsIn, rolesOfCounts } from './counts.ts';
import { isReport, rowsOfLists, tableInOne, tableThatBegins } from './documents.ts';
import { sampleRecords } from './jsonlog.ts';
import { nestedListOf } from './nestedlist.ts';
import { otherLogOf } from './otherlogs.ts';
import type { Columns } from './pick.ts';
import { openPicked, PickedLines } from './pickedlines.ts';

/** JSON lines of any program: fields found by their names or given by the user. */
export const jsonLines: TraceFormat = {
  name: 'jsonl',
  generic: true,
  title: 'JSON lines',
  about:
    'One JSON object a line, or a list of them; fields found by their names or given by --time, --key and --cost as dotted paths',
  defaults: {
    time: 'by name: time, timestamp, ts …',
    key: 'by name: key, client, ip, user …',
    duration: 'by name',
  },
  open(context) {
    const records = sampleRecords(context).filter((record) => !isBulkAction(record));
    if (context.sample.list === undefined) refuseLists(context);
    refuseOthers(context);
    if (records.length === 0) {
      refuseLongObject(context);
      return undefined;
    }
    return openRecords(records, context);
  },
};

function refuseOthers({ file, sample, options }: FormatContext): void {
  const isSaid = options.time !== undefined || options.key !== undefined;
  const other = isSaid ? undefined : otherLogOf(sample.lines);
  if (other !== undefined) throw new UsageError(`${file}: ${other}`);
}

function refuseLists({ file, sample }: FormatContext): void {
  const command = rowsOfLists(sample.lines);
  if (command !== undefined)
    throw new UsageError(`${file}: rows of JSON lists: ${command} FILE | ratelimit … --trace -`);
}

/** What is longer than a sample holds is a document, and known by its beginning. */
function refuseLongObject(context: FormatContext): void {
  const { bytes, lines, whole } = context.sample;
  const [head = ''] = lines;
  refuseTable(tableThatBegins(head), context);
  if (whole || bytes.includes(lineFeed) || !/^\s*\{\s*"/.test(head)) return;
  throw new UsageError(
    `${context.file}: a JSON document in one long line, whose entries are deeper; take them out first, as jq -c '.NAME[]' FILE does, and give them to --trace -`,
  );
}

function refuseTable(command: string | undefined, { file }: FormatContext): void {
  if (command !== undefined)
    throw new UsageError(`${file}: one JSON object that is a table: ${command} FILE | ratelimit … --trace -`);
}

function openRecords(records: readonly JsonRecord[], context: FormatContext): TraceParser {
  if (records.length === 1 && context.sample.whole) {
    refuseOneObject(records[0], context);
    const problem = documentProblem(records[0], context);
    if (problem !== undefined) throw problem;
  }
  const known = [...new Set(records.flatMap((record) => pathsOf(record)))];
  const splitter = new JsonSplitter((record) => !isBulkAction(record), known);
  const columns = columnsOf(records, known);
  try {
    const isLog = context.options.format === jsonLines.name;
    const series = isLog ? undefined : evenCountsIn(columns, context.options);
    if (series !== undefined) {
      const title = countsTitle(series, titleOf(context));
      return new PickedLines(title, splitter, rolesOfCounts(series), context, [countWords(series)]);
    }
    return openPicked(titleOf(context), columns, splitter, context);
  } catch (error) {
    throw documentProblem(records[0], context) ?? error;
  }
}

const bulkActions = ['index', 'create', 'update', 'delete'];

/** What stands before each document that Elasticsearch takes in bulk: `{"index":{"_index":"logs"}}`. */
function isBulkAction(record: JsonRecord): boolean {
  const [name, ...others] = Object.keys(record);
  const action = record[name];
  return (
    others.length === 0 &&
    bulkActions.includes(name) &&
    isRecord(action) &&
    Object.keys(action).every((field) =>
      /^(?:_|require_alias$|dynamic_templates$|pipeline$|routing$)/.test(field),
    )
  );
}

/** Refuses an object that is a whole table, or sums up a test, and no request. */
function refuseOneObject(record: JsonRecord, context: FormatContext): void {
  if (context.options.time !== undefined) return;
  refuseTable(tableInOne(record), context);
  if (!isReport(record)) return;
  throw new UsageError(
    `${context.file}: the summary of a load test, which tells no single requests; have the load generator write each of them (k6 run --out json, vegeta encode, hey -o csv, ab -g)`,
  );
}

/** What to do about a document whose entries lie deeper than objects are looked for; nothing where there is none. */
function documentProblem(
  record: JsonRecord,
  { file, sample, options }: FormatContext,
): UsageError | undefined {
  const command = options.time === undefined ? nestedListOf(record, sample) : undefined;
  if (command === undefined) return undefined;
  return new UsageError(
    `${file}: a JSON document, whose entries are deeper: ${command} FILE | ratelimit … --trace -`,
  );
}

function columnsOf(records: readonly JsonRecord[], fields: readonly string[]): Columns {
  const values = (field: string) => {
    const path = field.split('.');
    return records.map((record) => shownText(valueAt(record, path)));
  };
  return { fields, values, named: true };
}

function titleOf({ sample }: FormatContext): string {
  return sample.list === undefined ? jsonLines.title : 'JSON objects';
}
