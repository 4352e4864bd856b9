import type { Command } from 'commander';

/** Flags that say where and how decisions are made by a real store. `--time` is one of the trace's flags as well. */
export interface StoreFlags {
  readonly store?: string;
  readonly speed?: string;
  readonly concurrency?: string;
  readonly connections?: string;
  readonly onStoreError?: string;
}

export function addStoreFlags(command: Command): Command {
  return command
    .option(
      '--store <address>',
      'decide in a real store: redis://host:port/db, redis-cluster://a,b, redis:embedded, mock …',
    )
    .option('--speed <factor>', 'with --time wall: let time pass faster, such as 10x')
    .option('--concurrency <n>', 'with --store: the most requests that wait for it at once')
    .option('--connections <n>', 'with --store: connections that share the requests')
    .option(
      '--on-store-error <policy>',
      'requests that the store does not decide are let through (open), refused (closed), or decided in memory (local)',
    );
}
