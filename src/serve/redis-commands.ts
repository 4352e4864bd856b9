import { tracingChannel } from 'node:diagnostics_channel';

/** What ioredis tells of a command that it sends, by its channel `ioredis:command`. */
export interface RedisCommand {
  /** Such as `evalsha`. */
  readonly command: string;
  /** Why it failed, once it has. */
  readonly error?: unknown;
}

export interface RedisWatcher {
  /** In the context of whoever asked for the command. */
  readonly sent: (command: RedisCommand) => void;
  readonly settled?: (command: RedisCommand) => void;
}

/** Watches the commands that this process sends to any Redis, until the answer is called. */
export function watchRedisCommands({ sent, settled = () => {} }: RedisWatcher): () => void {
  const channel = tracingChannel<unknown, RedisCommand>('ioredis:command');
  const ignore = () => {};
  const handlers = { start: sent, end: ignore, asyncStart: settled, asyncEnd: ignore, error: ignore };
  channel.subscribe(handlers);
  return () => channel.unsubscribe(handlers);
}
