import type { AddressInfo } from 'node:net';
import { ServiceError, UsageError } from '../errors.ts';
import type { ErrorPolicy } from '../sim/live/options.ts';
import type { Rule } from '../sim/rule.ts';
import { findAlgorithm, type Selection, validParams } from '../sim/selection.ts';
import type { Store, StoreRow } from '../stores/store.ts';
import { createApp } from './app.ts';
import type { KeyPlace } from './caller.ts';
import { type parseHeaderStyles, rateLimitFields } from './rate-limit-fields.ts';
import { watchRedisCommands } from './redis-commands.ts';
import { RateLimiterService } from './service.ts';

export interface ServeOptions {
  readonly selection: Selection;
  readonly rules: readonly Rule[];
  readonly keyPlace: KeyPlace;
  readonly headerStyles: ReturnType<typeof parseHeaderStyles>;
  readonly onStoreError: ErrorPolicy;
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  /** Shared with other services; without one this process decides. */
  readonly store?: Store | undefined;
  /** What the names of its state begin with. */
  readonly prefix: string;
  readonly onBug: (error: unknown) => void;
}

export interface Serving {
  /** Where it listens, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Takes no more connections, and settles when all that was under way has been answered. */
  stop(): Promise<void>;
}

/** How long a stop waits for what is under way. */
const mostGraceMs = 30_000;

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'it is in use; name another with --port',
  EACCES: 'there is no permission to; name a --port above 1023',
  EADDRNOTAVAIL: 'this machine has no such address; name another with --host',
  ENOTFOUND: 'there is no host of that name; name another with --host',
};

/** Starts the service. Throws ServiceError when it cannot listen there. */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { rules, store, host, port, onBug, keyPlace } = options;
  const row = rowOf(options);
  const whyNot = store?.whyNot(row);
  if (whyNot !== undefined) throw new UsageError(`--store: ${whyNot}`);
  const service = new RateLimiterService({ ...options, row, store: await store?.open(row) });
  const unwatch = watchRedisCommands({ sent: ({ command }) => service.metrics.redisOperation(command) });
  const app = createApp({
    service,
    keyPlace,
    onBug,
    fields: rateLimitFields(options.headerStyles, rules),
    ping: async () => store?.ping(),
  });
  await app.listen({ host, port }).catch(({ code = '', message }: NodeJS.ErrnoException) => {
    throw new ServiceError(`cannot listen on ${host}:${port}: ${reasons[code] ?? message}`);
  });
  return {
    url: urlOf(host, app.server.address() as AddressInfo), // it listens on TCP
    stop: async () => {
      const cutOff = setTimeout(() => app.server.closeAllConnections(), mostGraceMs);
      await app.close().finally(() => clearTimeout(cutOff));
      unwatch();
    },
  };
}

function rowOf({ selection, rules }: ServeOptions): StoreRow {
  const algorithm = findAlgorithm(selection.algorithm);
  return {
    algorithm,
    params: validParams(algorithm, selection.params),
    access: 'atomic',
    quotas: rules.map(({ quota }) => quota),
    context: { epochUs: 0 },
    clock: { kind: 'unix' },
    tellsStandings: true,
  };
}

function urlOf(host: string, { port }: AddressInfo): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
