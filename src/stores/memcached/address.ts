import { UsageError } from '../../errors.ts';

export interface MemcachedAddress {
  readonly host: string;
  readonly port: number;
}

/** Reads `memcached://host:port`; the port may be left out. Throws UsageError. */
export function parseMemcachedAddress(text: string): MemcachedAddress {
  const match = /^memcached:\/\/([^/:@[\]]+)(?::(\d{1,5}))?\/?$/.exec(text);
  const port = Number(match?.[2] ?? 11_211);
  if (!match || port < 1 || port > 65_535) {
    throw new UsageError(
      '--store: the address of a Memcached is one host name or IPv4 address, a port and nothing else; write memcached://localhost:11211',
    );
  }
  return { host: match[1], port };
}
