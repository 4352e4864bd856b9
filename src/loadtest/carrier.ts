import { isIP } from 'node:net';
import { UsageError } from '../errors.ts';

/** Where in a request a value travels. */
export type Carrier =
  | { readonly in: 'header'; readonly name: string }
  | { readonly in: 'query'; readonly name: string }
  | { readonly in: 'bearer' }
  /** Of a rate limit service of Envoy: the entry of the one descriptor, and the field of the request. */
  | { readonly in: 'descriptor'; readonly name: string }
  | { readonly in: 'hits-addend' };

const example = 'write header:X-Api-Key, bearer, query:key or x-forwarded-for';
const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Reads `header:X-Api-Key`, `bearer`, `query:key`, `x-forwarded-for`. Throws UsageError. */
export function parseCarrier(text: string): Carrier {
  if (text === 'bearer') return { in: 'bearer' };
  if (text.toLowerCase() === 'x-forwarded-for') return { in: 'header', name: 'X-Forwarded-For' };
  const [place, ...rest] = text.split(':');
  const name = rest.join(':');
  if (place === 'query' && name !== '') return { in: 'query', name };
  if (place === 'header' && headerName.test(name)) return { in: 'header', name };
  throw new UsageError(`"${text}" does not say where a request carries it; ${example}`);
}

/** Reads `descriptor:user_id`: how a rate limit service of Envoy is told the key. Throws UsageError. */
export function parseDescriptor(text: string): Carrier {
  const name = /^descriptor:(.+)$/.exec(text)?.[1];
  if (name !== undefined) return { in: 'descriptor', name };
  throw new UsageError(`"${text}" is nothing that --rls sends; write descriptor:NAME`);
}

/** Reads `hits-addend`: how it is told the cost. Throws UsageError. */
export function parseHits(text: string): Carrier {
  if (text === 'hits-addend') return { in: 'hits-addend' };
  throw new UsageError(`"${text}" is nothing that --rls sends; write hits-addend`);
}

/** Whether keys have to look like addresses. */
export function carriesAddress(carrier: Carrier): boolean {
  return carrier.in === 'header' && carrier.name === 'X-Forwarded-For';
}

/** 198.18.0.0/15, which RFC 2544 keeps for load tests. */
const testAddresses = 2 ** 17;

/** Keys as addresses: those that are none stand for one of the range for load tests, each for its own. */
export function asAddresses(keys: readonly string[]): string[] {
  const taken = new Set(keys.filter(isIP));
  let next = 0;
  return keys.map((key) => {
    if (isIP(key)) return key;
    while (taken.has(testAddress(next))) next++;
    if (next >= testAddresses) {
      throw new UsageError(
        `--send-key x-forwarded-for: at most ${testAddresses} keys that are no addresses can be sent so`,
      );
    }
    return testAddress(next++);
  });
}

function testAddress(n: number): string {
  return `198.${18 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}`;
}
