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

const readCauses: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read (permission denied)',
  EPERM: 'it may not be read (permission denied)',
  EISDIR: 'it is a directory',
  ELOOP: 'it is a link that leads round in a circle',
};

/** Why a file cannot be read: the usual errors of the system in words, any other as it stands. */
export function whyUnread({ code, message }: NodeJS.ErrnoException): string {
  return readCauses[code ?? ''] ?? `cannot be read: ${message}`;
}

/** Whether it is one of the usual errors of a file, and none of what is in it. */
export function isUnread({ code }: NodeJS.ErrnoException): boolean {
  return Object.hasOwn(readCauses, code ?? '');
}
