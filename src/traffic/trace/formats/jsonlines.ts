import { FieldLines } from '../fieldlines.ts';
import type { FormatContext, TraceFormat, TraceParser } from '../format.ts';
import { type FieldRoles, rolesFor } from '../roles.ts';
import { type JsonRecord, JsonSplitter, pathsOf, valueAt } from '../text/json.ts';
import { areDecimalSeconds, guessField, type Picked, pickedWords, rolesOf } from './guess.ts';
import { sampleRecords } from './jsonlog.ts';
import { isTime, refuseWithoutTime } from './table.ts';

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
    const records = sampleRecords(context);
    if (records.length === 0) return undefined;
    return openRecords(records, context);
  },
};

function openRecords(records: readonly JsonRecord[], context: FormatContext): TraceParser {
  const known = [...new Set(records.flatMap((record) => pathsOf(record)))];
  const { options } = context;
  const values = (path: string | undefined) =>
    path === undefined ? [] : records.map((record) => String(valueAt(record, path.split('.'))));
  const fits = (path: string) => values(path).some(isTime);
  const begun = options.time ?? guessField(known, 'time', fits);
  const time = begun ?? guessField(known, 'end', fits);
  const duration = guessField(known, 'duration');
  if (time === undefined && options.ratePerSecond === undefined) refuseWithoutTime(context, known);
  const picked: Picked = {
    time: time === undefined ? undefined : [time],
    key: options.key ?? guessField(known, 'key'),
    cost: options.cost ?? guessField(known, 'cost'),
    duration,
    endsAt: begun === undefined,
    inSeconds: areDecimalSeconds(values(time)) && areDecimalSeconds(values(duration)),
  };
  const splitter = new JsonSplitter(() => true, known);
  return new RecordLines(splitter, rolesOf(picked), context, pickedWords(picked));
}

function titleOf({ sample }: FormatContext): string {
  return sample.listAt === undefined ? jsonLines.title : 'JSON list';
}

class RecordLines extends FieldLines {
  constructor(
    splitter: JsonSplitter,
    roles: FieldRoles,
    context: FormatContext,
    private readonly said: string,
  ) {
    super(titleOf(context), splitter, rolesFor(roles, context), context);
  }

  override notes(): readonly string[] {
    return [this.said, ...super.notes()];
  }
}
