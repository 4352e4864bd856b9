import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import ipaddr from 'ipaddr.js';
import { UsageError } from '../errors.ts';

/** What of an HTTP request may tell who sent it. */
export interface Sender {
  readonly headers: IncomingHttpHeaders;
  readonly query: Readonly<Record<string, unknown>>;
  /** Address of the other end of the connection. */
  readonly address: string;
}

/** Where the key of a request is found. */
export interface KeyPlace {
  /** Says what a request without a key lacks: `the header x-api-key`. */
  readonly title: string;
  find(sender: Sender): string | undefined;
}

const usage = 'use address, x-forwarded-for[:PROXIES], bearer, header:NAME or query:NAME';

/** Reads `address`, `x-forwarded-for:2`, `bearer`, `header:x-api-key`, `query:api_key`. Throws UsageError. */
export function parseKeyPlace(text: string): KeyPlace {
  const [kind, name] = splitOnce(text);
  switch (kind) {
    case 'address':
      if (name === undefined) return { title: 'an address', find: ({ address }) => network(address) };
      break;
    case 'bearer':
      if (name === undefined) return { title: 'Authorization: Bearer TOKEN', find: bearer };
      break;
    case 'x-forwarded-for':
      return forwarded(name ?? '1');
    case 'header':
      if (name && /^[\w!#$%&'*+.^`|~-]+$/.test(name)) return header(name.toLowerCase());
      break;
    case 'query':
      if (name) return { title: `the query parameter ${name}`, find: ({ query }) => firstText(query[name]) };
  }
  throw new UsageError(`"${text}" is no place for a key; ${usage}`);
}

function splitOnce(text: string): [string, string?] {
  const colon = text.indexOf(':');
  return colon < 0 ? [text] : [text.slice(0, colon), text.slice(colon + 1)];
}

function header(name: string): KeyPlace {
  return { title: `the header ${name}`, find: ({ headers }) => firstText(headers[name]) };
}

/** The first of several; nothing for the empty text. */
function firstText(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && first !== '' ? first : undefined;
}

/** A token is a secret, so what goes on as the key is its digest. */
function bearer({ headers }: Sender): string | undefined {
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(headers.authorization ?? '')?.[1];
  return token && createHash('sha256').update(token).digest('base64url');
}

/**
 * Each proxy appends the address that it was called from, so only as many entries from the right can be believed as there
 * are proxies of one's own; what stands before them the client may have made up. Without the header nobody stood between.
 */
function forwarded(proxies: string): KeyPlace {
  if (!/^[1-9]\d?$/.test(proxies)) {
    throw new UsageError(`"${proxies}" is not a number of proxies; write x-forwarded-for:1 for one in front`);
  }
  return {
    title: `X-Forwarded-For of ${proxies} proxies`,
    find: ({ headers, address }) => {
      const entries = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
      const believed = entries.at(-Number(proxies))?.trim();
      return network(believed || address);
    },
  };
}

/** An address as it counts: of IPv6 the first 64 bits, since whoever has one address has all of its network. */
function network(address: string): string {
  if (!ipaddr.isValid(address)) return address; // some proxies write names
  const parsed = ipaddr.process(address); // IPv4 inside of IPv6 becomes IPv4
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`)}/64`;
}
