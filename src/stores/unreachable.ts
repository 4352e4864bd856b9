/** Why a server was not reached, by the message of a client; undefined where it was. `remedy`: what to do when nothing listens. */
export function unreachable(message: string, remedy: string): string | undefined {
  if (/ECONNREFUSED|ENOENT/.test(message)) return `nothing listens there; ${remedy}`;
  if (/ENOTFOUND|EAI_AGAIN/.test(message)) return 'there is no host of that name';
  return undefined;
}
