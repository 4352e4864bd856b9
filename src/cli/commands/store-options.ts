import { oneOf } from '../../did-you-mean.ts';
import { UsageError } from '../../errors.ts';
import { type ErrorPolicy, errorPolicies, type LiveOptions } from '../../sim/live/options.ts';
import { flagged, parsePositive } from './flagged.ts';
import type { StoreFlags } from './store-flags.ts';

const clocks = ['logical', 'wall'] as const;
type Clock = (typeof clocks)[number];

/** In logical time enough to keep one connection full; in wall time a bound that only an overload reaches. */
const inFlight = 1024;

/** `--time` has two meanings: the clock of a store, and the field of a trace. With `--store` the words are a clock's. */
export function splitTime(values: readonly string[] = [], store?: string): { clock?: Clock; field?: string } {
  const isClock = (value: string): value is Clock =>
    store !== undefined && clocks.some((clock) => clock === value);
  const clock = values.filter(isClock);
  const field = values.filter((value) => !isClock(value));
  if (clock.length > 1 || field.length > 1)
    throw new UsageError(`--time: given twice, as ${values.join(' and ')}`);
  return { ...(clock.length === 1 && { clock: clock[0] }), ...(field.length === 1 && { field: field[0] }) };
}

/** What the flags say of how the store is asked. Throws UsageError that names the flag. */
export function liveOptions(flags: StoreFlags, clock: Clock = 'logical'): LiveOptions {
  const { speed, concurrency, connections, onStoreError = 'closed' } = flags;
  if (speed !== undefined && clock !== 'wall')
    throw new UsageError('--speed: goes with --time wall; in logical time nothing waits');
  return {
    clock:
      clock === 'wall'
        ? { kind: 'wall', speed: flagged('--speed', speed ?? '1', parseSpeed) }
        : { kind: 'logical' },
    inFlight: flagged('--concurrency', concurrency ?? String(inFlight), parsePositive),
    connections: flagged('--connections', connections ?? '1', parsePositive),
    awaitStoreMs: 30_000,
    onStoreError: flagged('--on-store-error', onStoreError, parsePolicy),
  };
}

/** Throws UsageError for a flag that means nothing without `--store`. */
export function refuseStoreFlags({ speed, concurrency, connections, onStoreError }: StoreFlags): void {
  const given = Object.entries({
    '--speed': speed,
    '--concurrency': concurrency,
    '--connections': connections,
    '--on-store-error': onStoreError,
  }).filter(([, value]) => value !== undefined);
  if (given.length === 0) return;
  throw new UsageError(
    `${given[0][0]}: speaks of a real store; name it with --store redis://host:port or redis:embedded`,
  );
}

function parseSpeed(text: string): number {
  const factor = Number(/^(\d+(?:\.\d+)?)x?$/.exec(text.trim())?.[1]);
  if (factor > 0) return factor;
  throw new UsageError(`"${text}" is not a speed; write a factor such as 10x or 0.5x`);
}

export function parsePolicy(text: string): ErrorPolicy {
  return oneOf('policy', text, errorPolicies);
}
