import { closeBracket, colon, comma, dot, isDigit, openBracket, zero } from './bytes.ts';

/** Numbers in fields: costs and durations. */

const maxCost = 4_294_967_295; // what the cost column of a batch holds

/** A whole number from 0 to 4294967295, also as `7.0`, or NaN. */
export function parseCost(buf: Uint8Array, from: number, to: number): number {
  const end = wholeEnd(buf, from, to);
  if (from >= end || end - from > 10) return Number.NaN;
  let value = 0;
  for (let i = from; i < end; i++) {
    const digit = buf[i] - zero;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value <= maxCost ? value : Number.NaN;
}

/** Where a number ends before a fraction of zeros, with which some programs write whole numbers in columns that have gaps. */
function wholeEnd(buf: Uint8Array, from: number, to: number): number {
  let at = to;
  while (at > from && buf[at - 1] === zero) at--;
  return at > from && buf[at - 1] === dot ? at - 1 : to;
}

const suffixUs: Record<string, number> = { ns: 1e-3, us: 1, µs: 1, ms: 1e3, s: 1e6, m: 60e6, h: 3600e6 };

/**
 * Whole microseconds of a duration: a plain number of `unitUs`, or one with its unit (`1.5ms`, `1m2.5s`, as Go writes
 * them). What is no duration, and what is below 0 (AWS writes -1 for none), is 0: a request without it is still one.
 */
export function parseDurationUs(buf: Uint8Array, from: number, to: number, unitUs: number): number {
  let value = 0;
  let scale = 0;
  for (let i = from; i < to; i++) {
    const byte = buf[i];
    if (isDigit(byte)) {
      value = value * 10 + byte - zero;
      scale *= 10;
    } else if (byte === dot && scale === 0) {
      scale = 1;
    } else {
      return spelledDurationUs(buf, from, to, unitUs);
    }
  }
  return Math.round((value / (scale || 1)) * unitUs);
}

function spelledDurationUs(buf: Uint8Array, from: number, to: number, unitUs: number): number {
  const text = Buffer.from(buf.subarray(from, Math.min(to, from + 64))).toString('utf8');
  if (/^\d[\d.]*e[+-]?\d+$/i.test(text)) return Math.round(Number(text) * unitUs) || 0;
  if (!/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(text)) return 0;
  let us = 0;
  for (const [, amount, unit] of text.matchAll(/([\d.]+)([a-zµ]+)/g)) us += Number(amount) * suffixUs[unit];
  return Math.round(us);
}

/**
 * The address without its port: `[2001:db8::1]:443` and `[::1]` without brackets, `192.0.2.1:80` without `:80`; of a list, as
 * proxies append them, the first address, which is the client's; `::ffff:192.0.2.1` as the address of IPv4 that it is. Anything else (a host name, a bare IPv6 address) stays as
 * it is. Answers the new bounds in `out`.
 */
export function trimPort(buf: Uint8Array, from: number, to: number, out: { from: number; to: number }): void {
  out.from = from;
  out.to = to;
  let at = from;
  while (at < to && (buf[at] === dot || isDigit(buf[at]))) at++;
  if (at === to) return; // nearly all are bare
  const end = firstOfList(buf, from, to);
  out.to = end;
  if (buf[from] === openBracket) unbracket(buf, out);
  if (buf[out.from] === colon) unmap(buf, out);
  if (at === end || buf[at] !== colon) return;
  if (at < from + 7) return; // shorter than 0.0.0.0
  for (let i = at + 1; i < end; i++) if (buf[i] < 48 || buf[i] > 57) return;
  out.to = at;
}

/** Takes the brackets off `[2001:db8::1]:443`, and what stands behind them. */
function unbracket(buf: Uint8Array, out: { from: number; to: number }): void {
  const close = buf.subarray(out.from, out.to).indexOf(closeBracket);
  if (close < 0) return;
  out.to = out.from + close;
  out.from++;
}

/** Takes `::ffff:` off an address of IPv4 that a server of both wrote as one of IPv6 (RFC 4291, 2.5.5.2). */
function unmap(buf: Uint8Array, out: { from: number; to: number }): void {
  const { from, to } = out;
  if (to - from < mapped.length + '0.0.0.0'.length) return;
  for (let i = 0; i < mapped.length; i++) if ((buf[from + i] | 32) !== (mapped[i] | 32)) return;
  for (let i = from + mapped.length; i < to; i++) if (buf[i] !== dot && (buf[i] < 48 || buf[i] > 57)) return;
  out.from = from + mapped.length;
}

const mapped = Buffer.from('::ffff:');

/** Where the first of several addresses ends: `192.0.2.1, 198.51.100.7`. Other texts with commas are no lists. */
function firstOfList(buf: Uint8Array, from: number, to: number): number {
  let at = from;
  let marks = 0;
  for (; at < to && isAddressByte(buf[at]); at++) if (buf[at] === dot || buf[at] === colon) marks++;
  return at < to && buf[at] === comma && marks >= 2 ? at : to;
}

/** Hexadecimal digits, and what stands between them and around them. */
function isAddressByte(byte: number): boolean {
  return (
    byte === dot ||
    (byte >= zero && byte <= colon) || // 0 to 9 and :
    (byte >= 97 && byte <= 102) ||
    (byte >= 65 && byte <= 70) ||
    byte === openBracket ||
    byte === closeBracket
  );
}
