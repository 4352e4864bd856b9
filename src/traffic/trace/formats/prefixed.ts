import { skips } from '../account.ts';
import type { FormatContext, TraceFormat } from '../format.ts';
import { prefixOf } from '../text/prefix.ts';
import { formatWithin, openWrapped, type Unwrap } from './wrapped.ts';

/** Longer prefixes are none. */
const mostBefore = 1024;

/** Each line as it was before a collector wrote something in front of it; those of `others` are no requests. */
function unwrapping(others: ReadonlySet<string>): Unwrap {
  return (buf, from, to) => {
    const { length, source } = prefixOf(buf.toString('latin1', from, Math.min(to, from + mostBefore)));
    return others.has(source) ? skips.notARequest : buf.subarray(from + length, to);
  };
}

/** What each program wrote, by the name that the collector has for it; the empty one where it has none. */
function bySource(lines: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const sources = new Map<string, string[]>();
  for (const line of lines) {
    const { length, source } = prefixOf(line);
    const own = sources.get(source) ?? [];
    own.push(line.slice(length));
    sources.set(source, own);
  }
  return sources;
}

/** The first of the formats that any of the programs writes, and the programs that do not write it. */
function programsIn(
  sources: ReadonlyMap<string, readonly string[]>,
  context: FormatContext,
  formats: readonly TraceFormat[],
): { readonly format: TraceFormat | undefined; readonly others: ReadonlySet<string> } {
  const written = new Map(
    [...sources].map(([source, lines]) => [source, formatWithin(context, lines, formats)]),
  );
  const format = formats.find((candidate) => [...written.values()].includes(candidate));
  const others = [...written].filter(([source, own]) => source !== '' && own !== format);
  return { format, others: new Set(others.map(([source]) => source)) };
}

/** More programs are not looked at one by one. */
const mostSources = 20;

/**
 * What collectors write in front of lines, as text. The lines within must be of a program that is known, one of `formats`, which does
 * not read them as they are; those of other programs in the same file are no requests.
 */
export function prefixed(formats: readonly TraceFormat[]): TraceFormat {
  return {
    name: 'prefixed',
    title: 'log behind a prefix',
    about:
      'Lines of a known format behind what docker compose, Kubernetes (CRI), syslog, journalctl or fluentd wrote in front',
    defaults: { time: 'of the format within', key: 'of the format within' },
    open(context) {
      const { lines } = context.sample;
      if (lines.filter((line) => prefixOf(line).length > 0).length < lines.length * 0.5) return undefined;
      const sources = bySource(lines);
      const isMixed = sources.size > 1 && sources.size <= mostSources;
      const { format, others } = isMixed
        ? programsIn(sources, context, formats)
        : { format: undefined, others: new Set<string>() };
      return openWrapped(context, {
        lines: [...sources].flatMap(([source, own]) => (others.has(source) ? [] : own)),
        unwrap: unwrapping(others),
        formats: format === undefined ? formats : [format],
        place: 'behind a prefix',
      });
    },
  };
}
