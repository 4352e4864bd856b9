import { readFile } from 'node:fs/promises';
import { UsageError, whyUnread } from '../errors.ts';
import { spellField } from '../fields.ts';
import { type RunResult, runSchema, runSchemaName } from './result.ts';

const mostProblems = 5;
const howToSave = '"ratelimit compare --output run.json" writes one';

/**
 * Reads a run that `--output run.json` or `--json` wrote. Throws UsageError with the file and what is wrong in it; `remedy`
 * is told when there is no file.
 */
export async function readRun(path: string, remedy = `name a saved run, ${howToSave}`): Promise<RunResult> {
  const text = await readFile(path, 'utf8').catch((error) => {
    throw new UsageError(`${path}: ${whyUnread(error)}; ${remedy}`);
  });
  return parseRun(text, path);
}

/** Checks the text of a saved run; `path` is what messages call it. Fields that this version does not know stay. */
export function parseRun(text: string, path: string): RunResult {
  const value = parseJson(text, path);
  refuseOtherSchemas(value, path);
  const parsed = runSchema.safeParse(value);
  if (parsed.success) return value as RunResult; // the schema only checks, and its output would lack unknown fields
  const problems = parsed.error.issues
    .slice(0, mostProblems)
    .map((issue) => `${path}: ${spellField(issue.path)}${issue.message}`);
  const more = parsed.error.issues.length - problems.length;
  throw new UsageError([...problems, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'));
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const state = /^\s*\{/.test(text) ? 'is cut off or damaged' : 'is not a saved run';
    throw new UsageError(`${path}: ${state}: ${(error as SyntaxError).message}; ${howToSave}`); // all that JSON.parse throws
  }
}

function refuseOtherSchemas(value: unknown, path: string): void {
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (schema === runSchemaName) return;
  const version = /^ratelimit\.run\/(\d+)$/.exec(String(schema))?.[1];
  if (version === undefined) {
    throw new UsageError(`${path}: schema: is not "${runSchemaName}", so this is no saved run; ${howToSave}`);
  }
  const remedy =
    Number(version) > 1
      ? 'a newer ratelimit wrote it; update this one'
      : 'it is too old; run the comparison again';
  throw new UsageError(
    `${path}: schema: is "${schema}" and this version reads "${runSchemaName}": ${remedy}`,
  );
}
