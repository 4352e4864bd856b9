import { expect, test } from 'vitest';
import { trafficModels } from './catalogue.ts';

test('every parameter of every model says what it means', () => {
  for (const models of Object.values(trafficModels)) {
    for (const { name, title, parameters } of models) {
      expect(title, name).not.toBe('');
      for (const parameter of parameters) expect(parameter.text, `${name} ${parameter.name}`).not.toBe('');
    }
  }
});

test('parameters carry their defaults as they are written', () => {
  const diurnal = trafficModels.arrivals.find(({ name }) => name === 'diurnal');
  expect(diurnal?.parameters.map(({ name, required, default: value }) => [name, required, value])).toEqual([
    ['rate', true, undefined],
    ['amplitude', false, 0.5],
    ['period', false, '24h'],
    ['peak', false, undefined],
  ]);
});

test('the list of models is the one that documents show', () => {
  const names = Object.entries(trafficModels).map(([kind, models]) => [kind, models.map(({ name }) => name)]);
  expect(Object.fromEntries(names)).toEqual({
    arrivals: [
      'constant',
      'poisson',
      'on-off',
      'ramp',
      'step',
      'spike',
      'diurnal',
      'heavy-tail',
      'synchronized',
      'edge-attacker',
      'greedy',
    ],
    keys: ['uniform', 'zipf', 'hot', 'churn', 'single', 'tenants'],
    amounts: ['fixed', 'uniform', 'geometric', 'exponential', 'lognormal', 'pareto', 'choice'],
  });
});
