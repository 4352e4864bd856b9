import { expect, test } from 'vitest';
import * as z from 'zod';
import { streamSchema } from './stream-spec.ts';

const arrivals = { model: 'poisson', rate: '5k/s' };

test('a stream needs nothing but its arrivals', () => {
  expect(streamSchema.parse({ arrivals })).toEqual({
    arrivals: { model: 'poisson', rate: 5000 },
    costs: { model: 'fixed', value: 1 },
    start: 0,
  });
});

test.each([
  [{}, 'arrivals'],
  [{ arrivals, start: '5s', stop: '5s' }, 'must be later than start'],
  [{ arrivals, rate: '5/s' }, 'rate'],
  [
    { arrivals: { model: 'greedy', rate: '1/s' }, keys: { model: 'single' } },
    'the arrivals "greedy" decide who sends; leave keys out',
  ],
  [
    { arrivals, keys: { model: 'churn', alive: 1, lifetime: '1s' }, population: 'web' },
    'the keys "churn" cannot be shared under a name',
  ],
  [
    { arrivals, keys: { model: 'tenants', tenants: [{ name: 'a', users: 1 }] }, tenant: 'a' },
    'the keys "tenants" have their own tenants',
  ],
])('%j is refused', (spec, message) => {
  const { error } = streamSchema.safeParse(spec);
  expect(JSON.stringify(error?.issues)).toContain(JSON.stringify(message).slice(1, -1));
});

test('a JSON schema describes what is written, not what is read', () => {
  const schema = z.toJSONSchema(streamSchema, { io: 'input' });
  expect(schema.required).toEqual(['arrivals']);
  expect(schema.properties?.start).toMatchObject({ type: 'string', default: '0s' });
  expect(schema.properties?.costs).toMatchObject({ default: 1 });
});
