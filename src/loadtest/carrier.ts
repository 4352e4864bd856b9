import { isIP } from 'node:net';
import { UsageError } from '../errors.ts';

/** Where in a request a value travels. */
export type Carrier =
  | { readonly in: 'header'; readonly name: string }
  | { readonly in: 'query'; readonly name: string }
  | { readonly in: 'bearer' };

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
  throw new UsageError(`"${text}" says not where a request carries it; ${example}`);
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
