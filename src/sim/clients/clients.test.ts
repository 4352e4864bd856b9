import { describe, expect, test } from 'vitest';
import { UsageError } from '../../errors.ts';
import { parseScenario } from '../scenario-file.ts';
import { clientsLabel, parseClients } from './clients.ts';

describe('clients as text', () => {
  test.each([
    ['none', ['none']],
    ['none,immediate', ['none', 'immediate']],
    ['exponential:jitter=full:max_attempts=5', ['exponential jitter=full max_attempts=5']],
    // a list of settings is often written with commas
    [
      'exponential:jitter=full,base=100ms,max_attempts=5',
      ['exponential jitter=full base=100ms max_attempts=5'],
    ],
    ['fixed:wait=2s,none', ['fixed wait=2s', 'none']],
  ])('%s', (text, labels) => {
    expect(parseClients(text).map(clientsLabel)).toEqual(labels);
  });

  test('have the defaults of their policy', () => {
    expect(parseClients('exponential')[0].params).toMatchObject({
      base: 100e3,
      max: 20e6,
      jitter: 'full',
      give_up_after: 60e6,
      round_trip: 20e3,
    });
  });

  test.each([
    ['expnential', /no policy is called "expnential"; did you mean "exponential"\?/],
    ['fixed:wiat=1s', /fixed: no setting is called "wiat"; did you mean "wait"\?/],
    ['fixed:wait=0s', /fixed: wait: must be longer than 0/],
    ['none:max_attempts=3', /none: no setting is called "max_attempts"/],
    ['immediate:round_trip=0s', /round_trip: must be longer than 0/],
    ['retry-after:jitter', /parameter "jitter" has no value/],
    ['', /no policy is called ""/],
  ])('"%s" is refused', (text, said) => {
    expect(() => parseClients(text)).toThrow(UsageError);
    expect(() => parseClients(text)).toThrow(said);
  });
});

describe('clients in a scenario', () => {
  const scenario = (clients: string) =>
    parseScenario(`clients: ${clients}\nstreams: [{ arrivals: { model: poisson, rate: 1/s } }]`, 'x.yaml');

  test('as text and as fields', () => {
    const { clients } = scenario('[none, "fixed:wait=2s,max_attempts=3", { policy: fixed, wait: 3s }]');
    expect(clients?.map(clientsLabel)).toEqual(['none', 'fixed wait=2s max_attempts=3', 'fixed wait=3s']);
  });

  test('what is wrong is named with its line', () => {
    expect(() => scenario('[{ policy: fixed, wait: soon }]')).toThrow(
      /x\.yaml:1: clients\[0\]: fixed: wait: /,
    );
    expect(() => scenario('[{ wait: 1s }]')).toThrow(
      /x\.yaml:1: clients\[0\]: write a policy such as exponential/,
    );
  });
});
