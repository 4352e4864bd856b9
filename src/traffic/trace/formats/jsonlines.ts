import { UsageError } from '../../../errors.ts';
import type { FormatContext, TraceFormat, TraceParser } from '../format.ts';
import { isRecord, type JsonRecord, JsonSplitter, pathsOf, shownText, valueAt } from '../text/json.ts';
import { AmongText } from './amongtext.ts';
import { countsTitle, countWords, evenCountsIn, rolesOfCounts } from './counts.ts';
import { mostRecords, sampleRecords } from './jsonlog.ts';
import { deepEntries, foreignLines, loneObject, longDocument } from './jsonrefusals.ts';
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
    const all = sampleRecords(context);
    const records = all.filter((record) => !isBulkAction(record));
    refuseWith(foreignLines(context), context);
    if (areFew(all.length, context)) return undefined;
    if (records.length > 0) return openRecords(records, context);
    refuseWith(longDocument(context.sample), context);
    return undefined;
  },
};

/** Whether there are some objects, and too few among lines of text to be a log. */
function areFew(objects: number, { sample }: FormatContext): boolean {
  return objects > 0 && objects < mostRecords && objects < sample.lines.length * 0.1;
}

function openRecords(records: readonly JsonRecord[], context: FormatContext): TraceParser {
  const [first] = records;
  if (records.length === 1 && context.sample.whole) {
    refuseWith(loneObject(first, context) ?? deepEntries(first, context), context);
  }
  const known = [...new Set(records.flatMap((record) => pathsOf(record)))];
  const objects = new JsonSplitter((record) => !isBulkAction(record), known);
  const splitter = AmongText.of(objects, context.sample.lines);
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
    refuseWith(deepEntries(first, context), context);
    throw error;
  }
}

/** Throws UsageError when there is a reason to. */
function refuseWith(reason: string | undefined, { file }: FormatContext): void {
  if (reason !== undefined) throw new UsageError(`${file}: ${reason}`);
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
