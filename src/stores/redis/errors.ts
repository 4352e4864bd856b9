import { StoreError } from '../store.ts';

/**
 * What a failed command is counted as: the first word of the server's answer (`READONLY`, `LOADING`, `OOM` …), also where
 * a script passed it on; where there was no answer `timeout` or `connection`, by what the connection died of.
 */
export function storeErrorOf(error: unknown, diedOf?: Error): StoreError {
  const message = error instanceof Error ? error.message : String(error);
  return new StoreError(kindOf(message, diedOf?.message ?? ''), message);
}

function kindOf(message: string, diedOf: string): string {
  const inScript = /(?:^|[\s:])-([A-Z]{2,}[A-Z0-9]*) /.exec(message); // Redis 6 wraps what a script ran into
  if (inScript) return inScript[1];
  const answer = /^([A-Z]{2,}[A-Z0-9]*) /.exec(message);
  if (answer) return answer[1];
  if (/timed? ?out/i.test(message + diedOf)) return 'timeout';
  return /connection|writeable|retries|ECONN|EPIPE/i.test(message) ? 'connection' : 'error';
}
