import type { TraceFormat } from '../format.ts';
import { LtsvSplitter } from '../text/ltsv.ts';
import { openPicked } from './pickedlines.ts';

/** Two labels or more, parted by tabs. */
const labelled = /^[\w.-]+:[^\t]*(?:\t[\w.-]+:[^\t]*)+$/;

export const ltsv: TraceFormat = {
  name: 'ltsv',
  generic: true,
  title: 'LTSV',
  about: 'Labeled Tab-separated Values; fields found by their labels or given by --time, --key and --cost',
  defaults: { time: 'by label', key: 'by label', duration: 'by label' },
  open(context) {
    const { lines } = context.sample;
    const rows = lines.filter((line) => labelled.test(line)).map(labelsOf);
    if (rows.length === 0 || rows.length < lines.length * 0.5) return undefined;
    const fields = [...new Set(rows.flatMap((row) => [...row.keys()]))];
    const values = (field: string) => rows.map((row) => row.get(field) ?? '');
    return openPicked(ltsv.title, { fields, values, named: true }, new LtsvSplitter(fields), context);
  },
};

function labelsOf(line: string): Map<string, string> {
  const pairs = line.split('\t').map((pair): [string, string] => {
    const mark = pair.indexOf(':');
    return [pair.slice(0, mark), pair.slice(mark + 1)];
  });
  return new Map(pairs);
}
