import { isIP } from 'node:net';
import { nearlyAll } from './byvalues.ts';

/** Where a line of the Common Log Format names the client that a proxy passed on (`X-Forwarded-For`), and not only the proxy. */
export type Forwarded = 'front' | 'end' | undefined;

/** Which field holds the client, and what the notes of a run say of it. */
export interface ClientField {
  readonly key: 'host' | 'ident' | 'forwarded';
  readonly words: readonly string[];
}

const usual: ClientField = { key: 'host', words: [] };
export const forwarded: ClientField = {
  key: 'forwarded',
  words: ['fields taken: key: forwarded, the client that proxies tell; --key host is who connected'],
};
const ident: ClientField = {
  key: 'ident',
  words: ['fields taken: key: ident, where the address stands; the name before it is no client'],
};

/** `"203.0.113.9, 10.0.0.1" 10.0.0.2 ident user [`, or the same without quotes, as `%{X-Forwarded-For}i %h %l %u %t` writes it. */
const inFront = /^(?:"(?<quoted>[^"]*)"|(?<bare>(?:[^\s,"]+, ?)*[^\s,"]+)) (?<host>\S+) \S+ \S+ \[/;
/** `"request" status bytes "referer" "agent" "203.0.113.9, 10.0.0.1"`, as the `main` format of nginx's packages writes it. */
const atEnd = /" \d{3} (?:\d+|-) "[^"]*" "(?:[^"\\]|\\.)*" "(?<client>[^",]+)/;
/** Who connected, behind whatever is in front; it begins a word, lest a long one be tried at each letter. */
const connected = /(?<!\S)(?<host>\S+) \S+ \S+ \[\d\d\//;
const ofThreeWords = /^(?<host>\S+) (?<ident>\S+) \S+ \[/;

/** Which field holds the client in lines that begin with `host`, by those of a sample: the forwarded one only where nearly all have it. */
export function clientFieldOf(lines: readonly string[]): ClientField {
  const entries = entriesOf(lines);
  const [hosts, clients] = [valuesOf(entries, connected, 'host'), valuesOf(entries, atEnd, 'client')];
  if (areAddresses(clients) && distinct(clients) >= distinct(hosts)) return forwarded;
  const isNamed = !valuesOf(entries, ofThreeWords, 'host').some(isAddress);
  return isNamed && areAddresses(valuesOf(entries, ofThreeWords, 'ident')) ? ident : usual;
}

/** Whether the first of two addresses is the client's and no virtual host: it is quoted, or differs more often than the second. */
export function forwardedInFront(lines: readonly string[]): boolean {
  const entries = entriesOf(lines);
  const hosts = valuesOf(entries, inFront, 'host');
  const quoted = valuesOf(entries, inFront, 'quoted').map(firstAddress);
  const bare = valuesOf(entries, inFront, 'bare').map(firstAddress);
  const clients = quoted.some(isAddress) ? quoted : bare;
  const told = clients.filter((client) => client !== '' && client !== '-');
  if (!areAddresses(hosts) || told.length === 0 || !nearlyAll(told, isAddress)) return false;
  return clients === quoted || distinct(told) > distinct(hosts);
}

/** Longer lines are of no access log, and cost time. */
const lookedAtChars = 8192;
const lookedAtLines = 200;

function entriesOf(lines: readonly string[]): readonly string[] {
  return lines
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .slice(0, lookedAtLines)
    .map((line) => line.slice(0, lookedAtChars));
}

function valuesOf(lines: readonly string[], shape: RegExp, name: string): readonly string[] {
  return lines.map((line) => shape.exec(line)?.groups?.[name] ?? '');
}

function firstAddress(list: string): string {
  return list.split(',', 1)[0];
}

function isAddress(text: string): boolean {
  return isIP(text) !== 0;
}

function areAddresses(texts: readonly string[]): boolean {
  return texts.length > 0 && nearlyAll(texts, isAddress);
}

function distinct(texts: readonly string[]): number {
  return new Set(texts).size;
}
