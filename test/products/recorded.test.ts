/** What real products decided (recorders/), held against their profiles, request by request. */
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { profiles } from '../../src/sim/profiles/index.ts';
import { parseRules } from '../../src/sim/rule.ts';
import { parseProfiles } from '../../src/sim/selection.ts';
import { NamedDesk } from '../../src/sim/testing/named-desk.ts';

/** A row of the files; what the product does not tell is empty. */
interface Recorded {
  readonly limit: string;
  readonly t_us: string;
  readonly cost: string;
  readonly allowed: string;
  readonly remaining: string;
  readonly retry_after_us: string;
  readonly delay_us: string;
}

const folder = new URL('recorded/', import.meta.url);
const files = readdirSync(folder);
/** nginx_delay=2.csv is of nginx:delay=2. */
const profileOf = (file: string) => file.replace('.csv', '').replace('_', ':');

test('a profile that is said to be recorded is recorded, and the other way round', () => {
  const recorded = profiles.filter(({ status }) => status === 'recorded');
  const held = new Set(files.map((file) => profileOf(file).split(':')[0]));
  expect(recorded.map(({ name }) => name).sort()).toEqual([...held].sort());
});

describe.each(files)('%s', (file) => {
  const text = readFileSync(new URL(file, folder), 'utf8');
  const rows: Recorded[] = parse(text, { columns: true, comment: '#' });
  const limits = [...new Set(rows.map(({ limit }) => limit))];

  test.each(limits)('%s', (limit) => {
    const desk = new NamedDesk(parseProfiles(profileOf(file))[0], parseRules(limit));
    const recorded = rows.filter((row) => row.limit === limit);
    const decided = recorded.map((row) => replay(desk, row));
    expect(decided.join('\n')).toBe(recorded.map((row) => spell(row)).join('\n'));
  });
});

/** The decision on a row, without what the product did not tell. */
function replay(desk: NamedDesk, row: Recorded): string {
  const timeUs = Number(row.t_us);
  const request = { timeUs, decidedAtUs: timeUs, key: 'key', cost: Number(row.cost), durationUs: 0 };
  const { allowed, remaining, retryAfterUs, delayUs } = desk.decide(request, false);
  return spell({
    ...row,
    allowed: allowed ? '1' : '0',
    remaining: row.remaining && String(remaining),
    retry_after_us: row.retry_after_us && String(retryAfterUs),
    delay_us: row.delay_us && String(delayUs),
  });
}

function spell({ t_us, cost, allowed, remaining, retry_after_us, delay_us }: Recorded): string {
  return [t_us, cost, allowed, remaining, retry_after_us, delay_us].join(',');
}
