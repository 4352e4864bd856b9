/**
 * Reading and writing of the units that people use: `250ms`, `100/1m`, `5k/s`, `1.5M`.
 * Inside, time is whole microseconds (`…Us`), rates are units per second, counts are plain numbers.
 */
import { UsageError } from './errors.ts';

const microsPerUnit: Record<string, number> = {
  us: 1,
  µs: 1,
  ms: 1e3,
  s: 1e6,
  m: 60e6,
  min: 60e6,
  h: 3600e6,
  d: 86_400e6,
  w: 604_800e6,
};
const multipliers: Record<string, number> = { '': 1, k: 1e3, M: 1e6, G: 1e9 };

const number = '(\\d+(?:[._]\\d+)*)';
const durationPattern = new RegExp(`^${number}\\s*(us|µs|ms|s|min|m|h|d|w)$`);
const countPattern = new RegExp(`^${number}([kMG]?)$`);

function digits(text: string): number {
  return Number(text.replaceAll('_', ''));
}

/** `250ms`, `10m`, `1.5h` to whole microseconds; rejects what is not a whole number of them. */
export function parseDuration(text: string): number {
  const match = durationPattern.exec(text.trim());
  const us = match ? Math.round(digits(match[1]) * microsPerUnit[match[2]] * 1e3) / 1e3 : Number.NaN;
  if (!Number.isSafeInteger(us)) {
    throw new UsageError(
      `"${text}" is not a duration; write a number and a unit, such as 250ms, 10s, 1m or 24h`,
    );
  }
  return us;
}

/** `100`, `5k`, `1.5M`, `1_000` to a whole number. */
export function parseCount(text: string): number {
  const match = countPattern.exec(text.trim());
  const count = match ? Math.round(digits(match[1]) * multipliers[match[2]] * 1e6) / 1e6 : Number.NaN;
  if (!Number.isSafeInteger(count)) {
    throw new UsageError(`"${text}" is not a count; write a whole number such as 100, 5k or 1.5M`);
  }
  return count;
}

/** `0.95`, `5k`, `1.5M`, `1_000` to a number that need not be whole. */
export function parseNumber(text: string): number {
  const match = countPattern.exec(text.trim());
  const value = match ? digits(match[1]) * multipliers[match[2]] : Number.NaN;
  if (Number.isFinite(value)) return value;
  throw new UsageError(`"${text}" is not a number; write one such as 0.95, 100 or 5k`);
}

/** `0.1%`, `0.001` to a part of one; may be above 1. */
export function parseRatio(text: string): number {
  const match = new RegExp(`^${number}\\s*(%?)$`).exec(text.trim());
  const value = match ? Number(match[1].replaceAll('_', '') + (match[2] === '%' ? 'e-2' : '')) : Number.NaN; // 7.14 / 100 is not 0.0714
  if (Number.isFinite(value)) return value;
  throw new UsageError(`"${text}" is not a share; write one such as 0.1% or 0.001`);
}

const bytesPerUnit: Record<string, number> = {
  '': 1,
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
};

/** `64`, `64B`, `512KiB`, `1.5GiB`, `10MB` to bytes. */
export function parseBytes(text: string): number {
  const match = new RegExp(`^${number}\\s*(B|kB|MB|GB|KiB|MiB|GiB|)$`).exec(text.trim());
  const bytes = match ? digits(match[1]) * bytesPerUnit[match[2]] : Number.NaN;
  if (Number.isFinite(bytes)) return bytes;
  throw new UsageError(`"${text}" is not a size; write one such as 64B, 512KiB or 1.5GiB`);
}

/** `5k/s`, `100/1m`, `0.5/s` to units per second. */
export function parseRate(text: string): number {
  const match = new RegExp(`^${number}([kMG]?)\\s*/\\s*(.+)$`).exec(text.trim());
  const amount = match ? digits(match[1]) * multipliers[match[2]] : Number.NaN;
  if (!match || !Number.isFinite(amount)) {
    throw new UsageError(`"${text}" is not a rate; write an amount and a period, such as 5k/s or 100/1m`);
  }
  return (amount / parsePeriod(match[3])) * 1e6;
}

/** The period after the slash: `1m`, `10s`, or a bare unit, `s`. */
export function parsePeriod(text: string): number {
  const trimmed = text.trim();
  const us = parseDuration(Object.hasOwn(microsPerUnit, trimmed) ? `1${trimmed}` : trimmed);
  if (us === 0) throw new UsageError(`a period of "${text}" is no time at all; write one such as 1s`);
  return us;
}

const durationSteps: [number, string][] = [
  [86_400e6, 'd'],
  [3600e6, 'h'],
  [60e6, 'm'],
  [1e6, 's'],
  [1e3, 'ms'],
  [1, 'us'],
];

/** The shortest exact spelling, which `parseDuration` reads back: 60000000 is `1m`, 1500000 is `1500ms`. */
export function spellDuration(us: number): string {
  if (us === 0) return '0s';
  const [size, unit] = durationSteps.find(([size]) => us % size === 0) ?? [1, 'us'];
  return `${us / size}${unit}`;
}

/** For people, three significant digits: `1.5 s`, `250 ms`, `12 µs`. */
export function formatDuration(us: number): string {
  const [size, unit] = durationSteps.find(([size]) => Math.abs(us) >= size) ?? [1, 'us'];
  return `${significant(us / size)} ${unit === 'us' ? 'µs' : unit}`;
}

/** For people: `950`, `12.3k`, `4.5M`. */
export function formatCount(count: number): string {
  if (count < 10_000) return significant(count, 4);
  const [size, unit] = count >= 1e9 ? [1e9, 'G'] : count >= 1e6 ? [1e6, 'M'] : [1e3, 'k'];
  return `${significant(count / size)}${unit}`;
}

/** For people: `950 B`, `12.3 KiB`, `4.5 GiB`. */
export function formatBytes(bytes: number): string {
  const [size, unit] =
    bytes >= 2 ** 30
      ? [2 ** 30, 'GiB']
      : bytes >= 2 ** 20
        ? [2 ** 20, 'MiB']
        : bytes >= 2 ** 10
          ? [2 ** 10, 'KiB']
          : [1, 'B'];
  return `${significant(bytes / size)} ${unit}`;
}

/** For people: `$900`, `$164,250`, `$0.0053`; three digits below ten dollars. */
export function formatUsd(usd: number): string {
  return usd < 10 ? `$${significant(usd)}` : `$${usd.toLocaleString('en-US', { maximumFractionDigits: 0 })}`;
}

/** For people: `0.1 %`, `12 %`, `< 0.001 %`. */
export function formatShare(ratio: number): string {
  const percent = ratio * 100;
  if (percent === 0) return '0 %';
  return percent < 0.001 ? '< 0.001 %' : `${significant(percent)} %`;
}

function significant(value: number, digits = 3): string {
  return String(Number(value.toPrecision(digits)));
}
