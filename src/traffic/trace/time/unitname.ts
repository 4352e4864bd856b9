import type { NumberUnit } from './epoch.ts';

const seconds = 's|secs?|seconds';
const parts = 'ms|msecs?|millis|milliseconds|us|usecs?|micros|microseconds|ns|nsecs?|nanos|nanoseconds';
/** Behind a mark: `t_us`, `time (ms)`. */
const marked = new RegExp(`(?:^|[_.\\-(\\s]+)(${seconds}|${parts})\\)?$`, 'i');
/** Behind a small letter: `timestampMs`, `durationSeconds`, `reqTimeMSec`. */
const humped =
  /(?<=[a-z])(Secs?|Seconds|(?:[MUN]s|[MUN][Ss]ecs?|Millis|Micros|Nanos|Milliseconds|Microseconds|Nanoseconds))$/;

/** The unit that a field's name states, as in `t_us` or `timestampMs`. nginx's `msec` is seconds, as its source has it. */
export function unitOfName(name: string): NumberUnit | undefined {
  const word = (marked.exec(name) ?? humped.exec(name))?.[1].toLowerCase();
  if (word === undefined || name.toLowerCase() === 'msec') return undefined;
  if (word.startsWith('s')) return 's';
  return word.startsWith('mil') || word.startsWith('ms') ? 'ms' : word.startsWith('n') ? 'ns' : 'us';
}

/** A name without the unit behind it; one that is nothing else stays as it is. */
export function withoutUnit(name: string): string {
  const bare = name.replace(marked, '').replace(humped, '');
  return bare === '' ? name : bare;
}
