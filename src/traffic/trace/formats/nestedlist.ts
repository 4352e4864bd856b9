import type { Sample } from '../format.ts';
import { isRecord, type JsonRecord, pathsOf } from '../text/json.ts';
import { namesTime } from './documents.ts';
import { isTime } from './header.ts';

const deepest = 6;

/**
 * The command that takes the entries out of a document that may be requests because they have times: `jq -c '.hits.hits[]'`.
 * Nothing when there is no list of such.
 */
export function nestedListOf(record: JsonRecord, { bytes, list }: Sample): string | undefined {
  const [inside] = timedLists(record, 0);
  if (inside === undefined) return undefined;
  const flags = inside.endsWith(asRows) ? '-r' : '-c';
  return `jq ${flags} '${list === undefined ? '' : outermost(bytes, list.at)}${inside}'`;
}

/** Entries that are lists themselves, of a time and what was seen, are written as rows. */
const asRows = ' | @tsv';

/** The path of the list whose objects are read one by one. */
function outermost(bytes: Buffer, listAt: number): string {
  const before = bytes.toString('utf8', 0, listAt);
  const [, wrapper] = /^\s*\{\s*"([^"\\]+)"\s*:\s*\[/.exec(before) ?? [];
  if (wrapper !== undefined) return `${member(wrapper)}[]`;
  return before.includes('[') ? '.[]' : ''; // objects that follow each other are no list
}

/** The lists of entries with times in a record, the outermost first. */
function* timedLists(record: JsonRecord, depth: number): Generator<string> {
  if (depth === deepest) return;
  for (const [name, value] of Object.entries(record)) {
    if (Array.isArray(value)) yield* timedListsIn(value[0], `${member(name)}[]`, depth);
    else if (isRecord(value)) for (const below of timedLists(value, depth + 1)) yield member(name) + below;
  }
}

/** The list at `path` itself, by its first entry, and those within. */
function* timedListsIn(first: unknown, path: string, depth: number): Generator<string> {
  if (isRowWithTime(first)) yield path + asRows;
  if (!isRecord(first)) return;
  if (pathsOf(first).some(namesTime)) yield path;
  for (const below of timedLists(first, depth + 1)) yield path + below;
}

function isRowWithTime(entry: unknown): boolean {
  return Array.isArray(entry) && isTime(String(entry[0]));
}

function member(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `."${name}"`;
}
