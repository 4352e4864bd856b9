/** YAML that people write: read strictly, checked by a schema, and every fault told with its file, line and field. */
import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import {
  type Alias,
  type Document,
  isCollection,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type YAMLError,
  type YAMLWarning,
} from 'yaml';
import type * as z from 'zod';
import { UsageError, whyUnread } from './errors.ts';
import { spellField } from './fields.ts';

const mostBytes = 1024 * 1024;
const mostProblems = 20;
const mostAliases = 100; // a document that refers to itself over and over grows without bound when it is read

/** What was written, and the line of each of its fields. */
export interface CheckedYaml<T> {
  readonly value: T;
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

/**
 * The text of a file. Reads no more than it takes to see that there is too much: a log may be named by mistake, or a device
 * without end. Throws UsageError, which says that it is more than what `kind` has.
 */
export async function readYamlText(file: string, kind: string): Promise<string> {
  const bytes = await buffer(createReadStream(file, { end: mostBytes })).catch((error) => {
    throw new UsageError(`${file}: ${whyUnread(error)}`);
  });
  if (bytes.length > mostBytes) throw new UsageError(`${file}: is more than the 1 MiB of ${kind}`);
  if (!isUtf8(bytes)) throw new UsageError(`${file}: is not UTF-8; save it as that`);
  return bytes.toString('utf8');
}

/** Checks one document; `file` is what messages call it. Throws UsageError with file, line and field of everything that is wrong. */
export function checkedYaml<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
  file: string,
): CheckedYaml<z.output<Schema>> {
  const lines = new LineCounter();
  const document = parseYaml(text, file, lines);
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const faults = faultsOf(document).map(({ offset, message }) => `${file}:${lineAt(offset)}: ${message}`);
  if (faults.length > 0) throw new UsageError(listed(faults));
  const lineOf = (path: readonly PropertyKey[]) => lineAt(offsetOf(document, path));
  const parsed = schema.safeParse(toPlain(document, file));
  if (parsed.success) return { value: parsed.data, lineOf };
  const problems = parsed.error.issues.flatMap(problemsOf);
  throw new UsageError(
    listed(
      problems.map(({ path, field = path, message }) => {
        return `${file}:${lineOf(field)}: ${spellField(path)}${message}`;
      }),
    ),
  );
}

interface Fault {
  readonly offset: number;
  readonly message: string;
}

/** What cannot be read, or would be dropped, such as an unknown tag: of that the reader warns. */
function faultsOf(document: Document): Fault[] {
  const unread = [...document.errors, ...document.warnings];
  return [
    ...unread.map((error) => ({ offset: error.pos[0], message: inWords(error) })),
    ...endlessAliases(document).map(({ source, range }) => ({
      offset: range?.[0] ?? 0,
      message: `*${source} stands within what it repeats; write it out`,
    })),
  ];
}

/** A document nested deeper than the stack is an error like any other. */
function parseYaml(text: string, file: string, lineCounter: LineCounter): Document {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'error' });
  } catch (error) {
    throw new UsageError(`${file}: cannot be read as YAML: ${(error as Error).message}`); // yaml throws Errors
  }
}

/** Aliases within what they stand for: there is no end to what they mean. */
function endlessAliases(document: Document): Alias[] {
  const found: Alias[] = [];
  visit(document, {
    Alias: (_, alias, around) => {
      if (around.some((node) => isCollection(node) && node.anchor === alias.source)) found.push(alias);
    },
  });
  return found;
}

/** What the reader of YAML found, without its advice to programmers. */
function inWords({ code, message }: YAMLError | YAMLWarning): string {
  if (code === 'MULTIPLE_DOCS') return 'a second document begins here; write each to a file of its own';
  if (code === 'RESOURCE_EXHAUSTION') return 'is nested too deeply';
  return message;
}

/** One a line, each once, the first of them when there are many. */
function listed(all: readonly string[]): string {
  const problems = [...new Set(all)];
  const more = problems.length - mostProblems;
  return [...problems.slice(0, mostProblems), ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

function toPlain(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: mostAliases }) ?? {};
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message}; write the repeated parts out`); // yaml throws Errors
  }
}

interface Problem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** What the message is about, where that is a field within `path`. */
  readonly field?: readonly PropertyKey[];
}

/** One problem a field; the branches of a union that the value came closest to. */
function problemsOf(issue: z.core.$ZodIssue): Problem[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const messages = issue.message.split('\n'); // one for each
    return issue.keys.map((key, at) => ({ path, message: messages[at], field: [...path, key] }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const [closestBranch] = [...issue.errors].sort((a, b) => a.length - b.length);
    return closestBranch.flatMap((inner) =>
      problemsOf({ ...inner, path: [...issue.path, ...inner.path] } as z.core.$ZodIssue),
    ); // an issue with a longer path
  }
  return [{ path, message: issue.message }];
}

/** Where in the text the field is, or the innermost thing around it that exists. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth--) {
    const around = document.getIn(path.slice(0, depth - 1), true);
    const name =
      isMap(around) && around.items.find(({ key }) => isScalar(key) && key.value === path[depth - 1]);
    const node = name ? name.key : document.getIn(path.slice(0, depth), true); // a list begins on the line after its name
    if (isNode(node) && node.range) return node.range[0];
  }
  return isCollection(document.contents) ? (document.contents.range?.[0] ?? 0) : 0;
}
