import { expect, test } from 'vitest';
import { parseRules } from './rule.ts';
import { rulesOf, scenarioSchema } from './scenario.ts';

const streams = [{ arrivals: { model: 'poisson', rate: '1/s' } }];

test('what is left out has a default', () => {
  const { algorithms, contract, ...rest } = scenarioSchema.parse({ streams });
  expect(rest).toMatchObject({ limit: parseRules('100/1m'), duration: 600e6, seed: 1, tenant_limits: {} });
  expect([algorithms, contract]).toEqual([undefined, undefined]);
});

test('the rules are the limits, then those of single tenants', () => {
  const scenario = scenarioSchema.parse({
    streams,
    limit: '5/1s + 100/1m,per=tenant',
    tenant_limits: { gold: '9/1s+500/1m,per=tenant', silver: '7/1s' },
  });
  expect(rulesOf(scenario)).toEqual([
    ...parseRules('5/1s+100/1m,per=tenant'),
    ...parseRules('9/1s+500/1m,per=tenant').map((rule) => ({ ...rule, tenant: 'gold' })),
    ...parseRules('7/1s').map((rule) => ({ ...rule, tenant: 'silver' })),
  ]);
});

test('algorithms are named in a word, with settings, or as an object', () => {
  const { algorithms } = scenarioSchema.parse({
    streams,
    algorithms: ['gcra', 'token-bucket:initial=0', { name: 'token-bucket', params: { initial: 0 } }],
  });
  expect(algorithms?.map(({ algorithm, variant }) => `${algorithm} ${variant}`)).toEqual([
    'gcra ',
    'token-bucket initial=0',
    'token-bucket initial=0',
  ]);
});
