import type { Sample } from '../format.ts';
import { isRecord, type JsonRecord, pathsOf } from '../text/json.ts';
import { guessField, speaksOfTime } from './guess.ts';

const deepest = 6;

/**
 * Where in a document the list is whose entries may be requests because they have times, as `jq` writes it: `.hits.hits[]`.
 * Nothing when there is none.
 */
export function nestedListOf(record: JsonRecord, { bytes, list }: Sample): string | undefined {
  const [inside] = timedLists(record, 0);
  if (inside === undefined || list === undefined) return inside;
  const [, wrapper] = /^\s*\{\s*"([^"\\]+)"\s*:\s*\[/.exec(bytes.toString('utf8', 0, list.at)) ?? [];
  return wrapper === undefined ? `.[]${inside}` : `${member(wrapper)}[]${inside}`;
}

/** The lists of objects with times in a record, the outermost first. */
function* timedLists(record: JsonRecord, depth: number): Generator<string> {
  if (depth === deepest) return;
  for (const [name, value] of Object.entries(record)) {
    const first: unknown = Array.isArray(value) ? value[0] : value;
    if (!isRecord(first)) continue;
    const path = Array.isArray(value) ? `${member(name)}[]` : member(name);
    if (Array.isArray(value) && pathsOf(first).some(namesTime)) yield path;
    for (const below of timedLists(first, depth + 1)) yield path + below;
  }
}

function namesTime(path: string): boolean {
  return guessField([path], 'time') !== undefined || speaksOfTime(path);
}

function member(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `."${name}"`;
}
