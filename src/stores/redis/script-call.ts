import { createHash } from 'node:crypto';
import { type Command, Redis } from 'ioredis';
import type { ScriptReply } from '../../algorithms/redis/redis.ts';
import type { RedisClient } from './connect.ts';
import { sentTogether } from './sent-together.ts';

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
  const together = sentTogether(client);
  const whole = texts(['EVAL', lua, String(numberOfKeys)]);
  const bySha = texts(['EVALSHA', createHash('sha1').update(lua).digest('hex'), String(numberOfKeys)]);
  let knownOn: unknown; // the connection on which it was sent whole
  const send = (name: string, head: string, args: readonly string[]) => {
    const call = new ScriptCall(name, args, `*${3 + args.length}\r\n${head}${texts(args)}`);
    together();
    client.sendCommand(call as unknown as Command); // ioredis asks no more of a command than it has
    return call.promise;
  };
  return (...args) => {
    if (knownOn !== client.stream) {
      knownOn = client.stream;
      return send('eval', whole, args);
    }
    return send('evalsha', bySha, args).catch((error: Error) => {
      if (!error.message.startsWith('NOSCRIPT')) throw error;
      return send('eval', whole, args);
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
 * read its answer: that took most of the client's time. `args` are for those who watch commands, without the script.
 */
class ScriptCall {
  readonly promise: Promise<ScriptReply>;
  resolve!: (reply: ScriptReply) => void;
  reject!: (error: Error) => void;
  isTraced = false; // set by ioredis

  constructor(
    readonly name: string,
    readonly args: readonly string[],
    readonly text: string,
  ) {
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  toWritable(): string {
    return this.text;
  }
}
