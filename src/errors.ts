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
