import { createHash } from 'node:crypto';
import { type Command, Redis } from 'ioredis';
import type { ScriptReply } from '../../algorithms/redis/redis.ts';
import type { RedisClient } from './connect.ts';
import { JoinedWrites } from './joined-writes.ts';

/** Calls a script: its keys first, then its arguments. Rejects as the client does. */
export type CallScript = (...args: readonly string[]) => Promise<ScriptReply>;

/** `id`: tells the scripts on one client apart. They are called by SHA, and sent whole when the server has lost them. */
export function scriptOn(client: RedisClient, id: string, lua: string, numberOfKeys: number): CallScript {
  return client instanceof Redis
    ? plainCalls(client, lua, numberOfKeys)
    : definedCommand(client, id, lua, numberOfKeys);
}

/** For a cluster, which knows where to send a command, and ioredis-mock. */
function definedCommand(client: RedisClient, id: string, lua: string, numberOfKeys: number): CallScript {
  const name = `ratelimitDecide${id}`;
  client.defineCommand(name, { lua, numberOfKeys });
  const commands = client as unknown as Record<string, CallScript>; // the command was just added to the client
  return (...args) => commands[name](...args);
}

function plainCalls(client: Redis, lua: string, numberOfKeys: number): CallScript {
  const joined = JoinedWrites.of(client);
  const whole = texts(['EVAL', lua, String(numberOfKeys)]);
  const bySha = texts(['EVALSHA', createHash('sha1').update(lua).digest('hex'), String(numberOfKeys)]);
  let knownOn: unknown; // the connection on which it was sent whole
  const send = (call: ScriptCall) => {
    joined.send(call as unknown as Command); // ioredis asks no more of a command than it has
    return call.promise;
  };
  const sendWhole = (args: readonly string[]) => send(new ScriptCall('eval', args, whole));
  return (...args) => {
    if (knownOn !== client.stream) {
      knownOn = client.stream;
      return sendWhole(args);
    }
    return send(new ScriptCall('evalsha', args, bySha)).catch((error: Error) => {
      if (error.message.startsWith('NOSCRIPT')) return sendWhole(args);
      throw error;
    });
  };
}

/** As Redis's protocol writes texts. */
function texts(each: readonly string[]): string {
  let all = '';
  for (const text of each) all += `$${Buffer.byteLength(text)}\r\n${text}\r\n`;
  return all;
}

/**
 * What ioredis sends and answers in place of a Command of its own, which knows every command, finds out its keys and how to
 * read its answer: that took most of the client's time.
 */
class ScriptCall {
  readonly promise: Promise<ScriptReply>;
  resolve!: (reply: ScriptReply) => void;
  reject!: (error: Error) => void;
  isTraced = false; // set by ioredis

  /** `args` go after `head`, three texts. */
  constructor(
    readonly name: string,
    readonly args: readonly string[],
    readonly head: string,
  ) {
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  toWritable(): string {
    return `*${3 + this.args.length}\r\n${this.head}${texts(this.args)}`;
  }
}
