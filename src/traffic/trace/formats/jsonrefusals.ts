/** Why JSON is no trace, and what to do about it, in words that follow the name of the file; undefined where it may be one. */
import type { FormatContext, Sample } from '../format.ts';
import { lineFeed } from '../text/bytes.ts';
import type { JsonRecord } from '../text/json.ts';
import { isReport, rowsOfLists, tableInOne, tableThatBegins } from './documents.ts';
import { nestedListOf } from './nestedlist.ts';
import { otherLogOf } from './otherlogs.ts';

/** Lines that are lists and no objects, or a log that tells of few requests or none. */
export function foreignLines({ sample, options }: FormatContext): string | undefined {
  const command = sample.list === undefined ? rowsOfLists(sample.lines) : undefined;
  if (command !== undefined) return `rows of JSON lists: ${piped(command)}`;
  const isSaid = options.time !== undefined || options.key !== undefined;
  return isSaid ? undefined : otherLogOf(sample.lines);
}

/** A document that is longer than a sample holds, and known by its beginning. */
export function longDocument({ bytes, lines, whole }: Sample): string | undefined {
  const [head = ''] = lines;
  const command = tableThatBegins(head);
  if (command !== undefined) return tableWords(command);
  if (whole || bytes.includes(lineFeed) || !/^\s*\{\s*"/.test(head)) return undefined;
  return "a JSON document in one long line, whose entries are deeper; take them out first, as jq -c '.NAME[]' FILE does, and give them to --trace -";
}

/** One object that is a whole table, or sums up a test, and no request. */
export function loneObject(record: JsonRecord, { options }: FormatContext): string | undefined {
  if (options.time !== undefined) return undefined;
  const command = tableInOne(record);
  if (command !== undefined) return tableWords(command);
  if (!isReport(record)) return undefined;
  return 'the summary of a load test, which tells no single requests; have the load generator write each of them (k6 run --out json, vegeta encode, hey -o csv, ab -g)';
}

/** A document whose entries lie deeper than objects are looked for. */
export function deepEntries(record: JsonRecord, { sample, options }: FormatContext): string | undefined {
  const command = options.time === undefined ? nestedListOf(record, sample) : undefined;
  return command && `a JSON document, whose entries are deeper: ${piped(command)}`;
}

function tableWords(command: string): string {
  return `one JSON object that is a table: ${piped(command)}`;
}

function piped(command: string): string {
  return `${command} FILE | ratelimit … --trace -`;
}
