/**
 * A mistake in what the user gave: a flag, a scenario field, a trace. The command line prints `message` as it is and
 * exits with 2, so the message says what is wrong, where, and what to write instead.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A service or file that was asked for could not be used; the command line exits with 3. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
}

/** The user asked the program to stop before there was anything to report; the command line exits with 130. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** What `work` comes to, or `Interrupted` as soon as the signal is aborted: nobody waits for input that may not come. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(new Interrupted('interrupted'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
