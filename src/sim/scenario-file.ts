import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { closest } from 'fastest-levenshtein';
import { type Document, isCollection, isNode, LineCounter, parseDocument } from 'yaml';
import type * as z from 'zod';
import { UsageError } from '../errors.ts';
import { packageRoot } from '../package-root.ts';
import { type Scenario, scenarioSchema } from './scenario.ts';

const mostBytes = 1024 * 1024;
const mostAliases = 100; // a document that refers to itself over and over grows without bound when it is read

/** A scenario and where it came from. */
export interface LoadedScenario {
  readonly name: string;
  readonly scenario: Scenario;
}

/** The folder of the scenarios that come with the program. */
export function shippedFolder(): string {
  return join(packageRoot(), 'scenarios');
}

export async function shippedNames(): Promise<string[]> {
  const files = await readdir(shippedFolder());
  return files
    .filter((file) => extname(file) === '.yaml')
    .map((file) => basename(file, '.yaml'))
    .sort();
}

/** Path of a shipped scenario, or of a file. Throws UsageError when there is neither. */
export async function findScenario(nameOrFile: string): Promise<string> {
  const names = await shippedNames();
  if (names.includes(nameOrFile)) return join(shippedFolder(), `${nameOrFile}.yaml`);
  if (
    await stat(nameOrFile).then(
      (found) => found.isFile(),
      () => false,
    )
  )
    return nameOrFile;
  const looksLikeFile = /[./\\]/.test(nameOrFile);
  throw new UsageError(
    looksLikeFile
      ? `${nameOrFile}: no such scenario file; "ratelimit init ${nameOrFile}" writes one to start from`
      : `no scenario is called "${nameOrFile}"; did you mean "${closest(nameOrFile, names)}"? "ratelimit scenarios" lists them`,
  );
}

/** Reads and checks a scenario. Throws UsageError with file, line and field of everything that is wrong. */
export async function loadScenario(nameOrFile: string): Promise<LoadedScenario> {
  const file = await findScenario(nameOrFile);
  const bytes = await readFile(file);
  if (bytes.length > mostBytes)
    throw new UsageError(`${file}: a scenario of ${bytes.length} bytes; at most 1 MiB is read`);
  const scenario = parseScenario(bytes.toString('utf8'), file);
  return {
    name: scenario.name ?? basename(file, extname(file)),
    scenario: withPaths(scenario, dirname(file)),
  };
}

/** Checks the text of a scenario; `file` is what messages call it. */
export function parseScenario(text: string, file: string): Scenario {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  if (document.errors.length > 0) {
    throw new UsageError(
      document.errors.map(({ pos, message }) => `${file}:${lineAt(pos[0])}: ${message}`).join('\n'),
    );
  }
  const parsed = scenarioSchema.safeParse(toPlain(document, file));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue));
  throw new UsageError(
    problems
      .map(({ path, message }) => `${file}:${lineAt(offsetOf(document, path))}: ${spell(path)}${message}`)
      .join('\n'),
  );
}

function toPlain(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: mostAliases }) ?? {};
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message}; write the repeated parts out`); // yaml throws Errors
  }
}

/** One problem a field; the branches of a union that the value came closest to. */
function problemsOf(issue: z.core.$ZodIssue): { path: PropertyKey[]; message: string }[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      message: 'there is no such field; remove it or correct its name',
    }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const [closestBranch] = [...issue.errors].sort((a, b) => a.length - b.length);
    return closestBranch.flatMap((inner) =>
      problemsOf({ ...inner, path: [...issue.path, ...inner.path] } as z.core.$ZodIssue),
    ); // an issue with a longer path
  }
  return [{ path: [...issue.path], message: issue.message }];
}

/** Where in the text the field is, or the innermost thing around it that exists. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return isCollection(document.contents) ? (document.contents.range?.[0] ?? 0) : 0;
}

/** `streams[0].arrivals.rate: ` */
function spell(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '';
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return `${text.replace(/^\./, '')}: `;
}

/** Trace files are meant from the folder of the scenario. */
function withPaths(scenario: Scenario, folder: string): Scenario {
  if (!scenario.trace) return scenario;
  const files = scenario.trace.files.map((file) => (file === '-' ? file : join(folder, file)));
  return { ...scenario, trace: { ...scenario.trace, files } };
}
