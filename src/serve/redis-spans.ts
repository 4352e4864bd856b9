import { context, createContextKey, type Span } from '@opentelemetry/api';
import { type RedisCommand, watchRedisCommands } from './redis-commands.ts';
import { failed, inSpan, tracer } from './spans.ts';

/** The spans of one decision by a store. */
interface Query {
  readonly connect: Span;
  execute?: Span;
}

const queryKey = createContextKey('the decision that a store is asked for');

/**
 * Runs what asks a store for a decision inside `redis_query`. In it `watchRedisSpans` has `redis_connect` last until a
 * command is handed to a connection, `lua_script_exec` from then to its answer, and `algorithm_execute` until the answer
 * has been read as the algorithm's decision; the algorithm itself ran inside the script.
 */
export function inRedisQuery<T>(ask: () => Promise<T>): Promise<T> {
  return inSpan('redis_query', async () => {
    const query: Query = { connect: tracer.startSpan('redis_connect') };
    try {
      return await context.with(context.active().setValue(queryKey, query), ask);
    } catch (error) {
      if (query.connect.isRecording()) failed(query.connect, error); // there was no connection
      throw error;
    } finally {
      if (query.connect.isRecording()) query.connect.end();
      query.execute?.end();
    }
  });
}

/** Makes the spans of commands, until the answer is called. */
export function watchRedisSpans(): () => void {
  const scripts = new WeakMap<RedisCommand, { readonly query: Query; readonly span: Span }>();
  return watchRedisCommands({
    sent(command) {
      const query = context.active().getValue(queryKey) as Query | undefined; // what was put there above
      if (!query) return; // a ping, or what a connection begins with
      if (query.connect.isRecording()) query.connect.end();
      const attributes = { 'db.system.name': 'redis', 'db.operation.name': command.command.toUpperCase() };
      scripts.set(command, { query, span: tracer.startSpan('lua_script_exec', { attributes }) });
    },
    settled(command) {
      const script = scripts.get(command);
      if (!script) return;
      if (command.error) failed(script.span, command.error);
      script.span.end();
      if (!command.error) script.query.execute ??= tracer.startSpan('algorithm_execute'); // else it may be sent again
    },
  });
}
