import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
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
import { noneCalled } from '../did-you-mean.ts';
import { UsageError } from '../errors.ts';
import { spellField } from '../fields.ts';
import { packageRoot } from '../package-root.ts';
import type { PlacedTopology } from './deployment/deployment.ts';
import { type Scenario, scenarioSchema } from './scenario.ts';

const mostBytes = 1024 * 1024;
const mostProblems = 20;
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
  const found = await stat(nameOrFile).catch(() => undefined);
  if (found?.isDirectory())
    throw new UsageError(`${nameOrFile}: is a folder; name a YAML file or a shipped scenario`);
  if (found) return nameOrFile;
  if (/[./\\]/.test(nameOrFile)) {
    throw new UsageError(
      `${nameOrFile}: no such scenario file; "ratelimit init ${nameOrFile}" writes one to start from`,
    );
  }
  throw new UsageError(noneCalled('scenario', nameOrFile, names, '"ratelimit scenarios" lists them'));
}

/** Reads and checks a scenario. Throws UsageError with file, line and field of everything that is wrong. */
export async function loadScenario(nameOrFile: string): Promise<LoadedScenario> {
  const file = await findScenario(nameOrFile);
  const scenario = parseScenario(await textOf(file), file);
  return {
    name: scenario.name ?? basename(file, extname(file)),
    scenario: withPaths(scenario, dirname(file)),
  };
}

/** Reads no more than it takes to see that there is too much: a log may be named by mistake, or a device without end. */
async function textOf(file: string): Promise<string> {
  const bytes = await buffer(createReadStream(file, { end: mostBytes })).catch(({ message }: Error) => {
    throw new UsageError(`${file}: cannot be read: ${message}`);
  });
  if (bytes.length > mostBytes) {
    throw new UsageError(`${file}: is more than the 1 MiB of a scenario; name recorded traffic with --trace`);
  }
  if (!isUtf8(bytes)) throw new UsageError(`${file}: is not UTF-8; save it as that`);
  return bytes.toString('utf8');
}

/** Checks the text of a scenario; `file` is what messages call it. */
export function parseScenario(text: string, file: string): Scenario {
  const lines = new LineCounter();
  const document = parseYaml(text, file, lines);
  const at = (offset: number) => `${file}:${lines.linePos(offset).line}: `;
  const unread = [...document.errors, ...document.warnings]; // it warns of what it drops, such as an unknown tag
  const faults = [
    ...unread.map((error) => `${at(error.pos[0])}${inWords(error)}`),
    ...endlessAliases(document).map(({ source, range }) => {
      return `${at(range?.[0] ?? 0)}*${source} stands within what it repeats; write it out`;
    }),
  ];
  if (faults.length > 0) throw new UsageError(listed(faults));
  const parsed = scenarioSchema.safeParse(toPlain(document, file));
  if (parsed.success) {
    const lineOf = (path: readonly PropertyKey[]) => lines.linePos(offsetOf(document, path)).line;
    const expect = parsed.data.expect.map((expectation, at) => {
      return { ...expectation, place: { file, line: lineOf(['expect', at]) } };
    });
    return { ...parsed.data, expect };
  }
  const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue));
  throw new UsageError(
    listed(
      problems.map(({ path, field = path, message }) => {
        return `${at(offsetOf(document, field))}${spellField(path)}${message}`;
      }),
    ),
  );
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
  if (code === 'MULTIPLE_DOCS')
    return 'a second document begins here; write each scenario to a file of its own';
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

/** Trace files and calibrations are meant from the folder of the scenario. */
function withPaths(scenario: Scenario, folder: string): Scenario {
  const { trace, topologies } = scenario;
  const files = trace?.files.map((file) => (file === '-' ? file : resolve(folder, file)));
  return {
    ...scenario,
    ...(trace && files && { trace: { ...trace, files } }),
    ...(topologies && { topologies: topologies.map((place) => withCalibrationFrom(place, folder)) }),
  };
}

function withCalibrationFrom(place: PlacedTopology, folder: string): PlacedTopology {
  const { params } = place.topology;
  if (typeof params.calibration !== 'string') return place;
  const calibration = resolve(folder, params.calibration);
  return { ...place, topology: { ...place.topology, params: { ...params, calibration } } };
}
