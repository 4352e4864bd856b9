/** What flags say of a recording of a live target. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import { UsageError } from '../../errors.ts';
import { RecordedSource } from '../../loadtest/recorded-source.ts';
import type { Recording } from '../../loadtest/recording/recording.ts';
import { type Prepared, prepareOn } from '../../sim/prepare.ts';
import { parseRules, type Rule } from '../../sim/rule.ts';
import { scenarioSchema } from '../../sim/scenario.ts';
import { parseSelections } from '../../sim/selection.ts';
import type { Io } from '../io.ts';
import { flagged } from './flagged.ts';
import { parseStatuses } from './statuses.ts';

interface RecordingFlags {
  readonly limit?: string;
  readonly key?: string;
  readonly refusedStatus?: string;
  readonly algorithms?: string;
}

/** How a recording is read. Throws UsageError that names the flag. */
export function readOptions({ key, refusedStatus = '429' }: RecordingFlags, io: Io) {
  return {
    refusedStatus: flagged('--refused-status', refusedStatus, parseStatuses),
    ...(key !== undefined && { keyField: key }),
    stdin: io.stdin,
  };
}

/** The recorded requests with the promise that the target is held against. Throws UsageError. */
export async function preparedOn(
  recording: Recording,
  file: string,
  flags: RecordingFlags,
): Promise<Prepared> {
  const { algorithms } = flags;
  const limit = await rulesFor(file, flags);
  const scenario = scenarioSchema.parse({ trace: { files: [file] } });
  return prepareOn(
    new RecordedSource(recording),
    { name: basename(file), scenario },
    {
      limit,
      ...(algorithms !== undefined && { algorithms: flagged('--algorithms', algorithms, parseSelections) }),
    },
  );
}

const planSchema = z.object({ schema: z.literal('ratelimit.k6-plan/1'), limit: z.string() });

/** `--limit`, or the one in the plan of the generated test that lies beside the file. */
async function rulesFor(file: string, { limit }: RecordingFlags): Promise<Rule[]> {
  if (limit !== undefined) return flagged('--limit', limit, parseRules);
  const path = join(dirname(file), 'plan.json');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  const missing = `${file}: does not say what the target promised; add --limit, such as --limit 100/1m`;
  if (text === undefined) throw new UsageError(missing);
  try {
    return parseRules(planSchema.parse(JSON.parse(text)).limit);
  } catch {
    throw new UsageError(missing);
  }
}
