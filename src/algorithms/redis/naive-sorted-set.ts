/** A sorted set whose members are units, each with the instant in µs that it is judged by. */
import type { RedisCommand } from './naive.ts';

export function addUnits(key: string, instantUs: number, id: string, cost: number): RedisCommand {
  return ['ZADD', key, ...unitsOf(id, cost).flatMap((unit) => [instantUs, unit])];
}

export function removeUnits(key: string, id: string, cost: number): RedisCommand {
  return ['ZREM', key, ...unitsOf(id, cost)];
}

function unitsOf(id: string, cost: number): string[] {
  return Array.from({ length: cost }, (_, unit) => `${id}:${unit}`);
}

export function removeUntil(key: string, instantUs: number): RedisCommand {
  return ['ZREMRANGEBYSCORE', key, '-inf', instantUs];
}

/** Asks for the unit at a place by age, 0 for the oldest and -1 for the newest; `instantOf` reads the answer. */
export function unitAt(key: string, place: number): RedisCommand {
  return ['ZRANGE', key, place, place, 'WITHSCORES'];
}

/** 0 when there is no such unit, or not any more. */
export function instantOf(reply: unknown): number {
  const [, instantUs] = reply as string[]; // what ZRANGE answers
  return Number(instantUs ?? 0);
}
