import { once } from 'node:events';
import { UsageError } from '../../errors.ts';
import { safeText } from '../../report/safe-text.ts';
import { parseKeyPlace } from '../../serve/caller.ts';
import { type ServeOptions, serve } from '../../serve/index.ts';
import { parseHeaderStyles } from '../../serve/rate-limit-fields.ts';
import { sharedPrefix } from '../../serve/state-names.ts';
import { findAlgorithm, parseParams, type Selection, select } from '../../sim/selection.ts';
import type { Store } from '../../stores/store.ts';
import { bugText } from '../bug.ts';
import { type ExitCode, exitCode, type Io, write } from '../io.ts';
import { version } from '../version.ts';
import { flagged } from './flagged.ts';
import { rulesOf } from './limit-flags.ts';
import type { ServeFlags } from './serve.ts';
import { parsePolicy } from './store-options.ts';

/** A client waits for the decision, so a store that is silent so long is given up. */
const storeTimeoutMs = 1000;

/** Serves until the user asks it to stop. */
export async function runService(flags: ServeFlags, io: Io): Promise<ExitCode> {
  const options = optionsOf(flags, io);
  const endTracing = await tracing(flags, io);
  let store: Store | undefined;
  try {
    store = await opened(flags, options.prefix, io);
    const serving = await serve({ ...options, store });
    await write(io.stderr, `ratelimit: listening on ${serving.url}\n`);
    if (!io.signal.aborted) await once(io.signal, 'abort');
    await serving.stop();
    return exitCode.done;
  } finally {
    await store?.close();
    await endTracing?.();
  }
}

/** Sends traces where the flag or the environment says so. */
async function tracing(
  { otlp }: ServeFlags,
  { env, stderr }: Io,
): Promise<(() => Promise<void>) | undefined> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT } = env;
  const variables = { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT };
  const addresses = Object.entries(otlp === undefined ? variables : { '--otlp': otlp });
  const named = addresses.filter(([place, address]) => place === '--otlp' || address); // a variable may be set to nothing
  if (named.length === 0) return undefined;
  for (const [place, address = ''] of named) refuseNoUrl(place, address);
  const { startTracing } = await import('../../serve/tracing.ts');
  const onLost = (reason: string) => stderr.write(`ratelimit: traces cannot be sent: ${safeText(reason)}\n`);
  return startTracing({ version, url: otlp, onLost });
}

function refuseNoUrl(place: string, address: string): void {
  if (/^https?:/.test(address) && URL.canParse(address)) return;
  throw new UsageError(`${place}: "${address}" is not an address; write one such as http://localhost:4318`);
}

/** All that the flags say. Throws UsageError that names the flag. */
function optionsOf(flags: ServeFlags, io: Io): Omit<ServeOptions, 'store'> {
  const selection = selectionOf(flags);
  const rules = rulesOf(flags);
  if (flags.onStoreError !== undefined && flags.store === undefined)
    throw new UsageError('--on-store-error: speaks of a store; name it with --store redis://host:port');
  return {
    selection,
    rules,
    keyPlace: flagged('--key', flags.key, parseKeyPlace),
    headerStyles: flagged('--headers', flags.headers, parseHeaderStyles),
    onStoreError: flagged('--on-store-error', flags.onStoreError ?? 'closed', parsePolicy),
    host: flags.host,
    port: flagged('--port', flags.port, parsePort),
    prefix: sharedPrefix(selection, rules),
    onBug: (error) => io.stderr.write(bugText(error, io.env)),
  };
}

function selectionOf({ algorithm, param = [] }: ServeFlags): Selection {
  const selection = select(algorithm, parseParams(param));
  if (selection.access !== undefined)
    throw new UsageError('--param access: a service asks its store the right way only');
  if (findAlgorithm(algorithm).needsDurations)
    throw new UsageError(
      `--algorithm ${algorithm}: decides by how long requests take, which a service does not learn; use another`,
    );
  return selection;
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new UsageError(`"${text}" is not a port; write a number up to 65535, or 0 for a free one`);
}

async function opened({ store }: ServeFlags, prefix: string, io: Io) {
  if (store === undefined) return undefined;
  const { openStore } = await import('../../stores/index.ts');
  return openStore(store, { prefix, timeoutMs: storeTimeoutMs, connections: 1, env: io.env });
}
