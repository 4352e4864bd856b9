import { isRecord, type JsonRecord, pathsOf } from '../text/json.ts';
import { guessField, speaksOfTime } from './guess.ts';

/** Whether a name is one of a time. */
export function namesTime(path: string): boolean {
  return guessField([path], 'time') !== undefined || speaksOfTime(path);
}

const ofLists = "jq -r '(.columns, .data[]) | @csv'";
const ofColumns = "jq -r 'keys_unsorted, ([.[] | [.[]]] | transpose[]) | @csv'";
const ofRows = "jq -c '.[]'";

/** How such a table begins. */
const beginnings: readonly (readonly [beginning: RegExp, command: string])[] = [
  [/^\s*\{\s*"columns"\s*:\s*\[\s*"/, ofLists],
  [/^\s*\{\s*"0"\s*:\s*\{/, ofRows],
  [/^\s*\{\s*"[^"]*"\s*:\s*\{\s*"0"\s*:/, ofColumns],
];

/** The same of an object that is too long to be looked at as a whole. */
export function tableThatBegins(head: string): string | undefined {
  return beginnings.find(([beginning]) => beginning.test(head))?.[1];
}

/**
 * The command that makes rows of a table which is one object, as pandas writes it: its columns by their names (`orient="columns"` and
 * `"list"`), its rows by their numbers (`"index"`), or lists of both (`"split"`). Nothing for other objects.
 */
export function tableInOne(record: JsonRecord): string | undefined {
  const { columns, data } = record;
  if (Array.isArray(columns) && Array.isArray(data) && Array.isArray(data[0])) return ofLists;
  const parts = Object.values(record);
  if (!areAlike(parts)) return undefined;
  if (Object.keys(record).some(namesTime)) return ofColumns;
  const [row] = parts;
  return parts.length > 1 && isRecord(row) && pathsOf(row).some(namesTime) ? ofRows : undefined;
}

/** Whether all are lists or objects with the same names in them. */
function areAlike(parts: readonly unknown[]): boolean {
  const names = parts.map((part) =>
    typeof part === 'object' && part !== null ? Object.keys(part).join() : '',
  );
  return names.length > 0 && names.every((list) => list !== '' && list === names[0]);
}

/** The command that makes rows of JSON lists, which lie in a list themselves or are one a line; nothing for other texts. */
export function rowsOfLists(lines: readonly string[]): string | undefined {
  const head = lines.slice(0, 50).join('\n');
  if (/^\s*\[\s*\[\s*\{/.test(head)) return "jq -c '.[][]'";
  if (/^\s*\[\s*\[\s*(?:"|-?\d|null)/.test(head)) return "jq -r '.[] | @csv'";
  const given = lines.filter((line) => line.trim() !== '');
  return given.length > 0 && given.every(isListOfValues) ? "jq -r '@csv'" : undefined;
}

function isListOfValues(line: string): boolean {
  if (!line.startsWith('[')) return false;
  try {
    const value: unknown = JSON.parse(line.replace(/,$/, ''));
    return Array.isArray(value) && value.length > 1 && value.every((cell) => typeof cell !== 'object');
  } catch {
    return false; // a line that begins with a time in brackets
  }
}

/** Percentiles and what they are taken from, by the names that reports of load tests give them. */
const ofReports = /(?:^|[._])p(?:50|90|95|99)(?:$|[._])|\bp\(9\d\)|percentile|histogram/i;

/** Whether an object sums up many requests. */
export function isReport(record: JsonRecord): boolean {
  return pathsOf(record).some((path) => ofReports.test(path));
}
