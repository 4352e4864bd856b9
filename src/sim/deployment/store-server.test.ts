/** Waiting times of a store against the closed forms of queueing theory. */
import { expect, test } from 'vitest';
import { exponential } from '../../traffic/exponential.ts';
import { stream } from '../../traffic/random.ts';
import { Conditions } from './conditions.ts';
import { StoreServer } from './store-server.ts';

const serviceUs = 1e4; // long against the microsecond to which times are rounded

/** Mean microseconds between arrival and the beginning of work, under Poisson arrivals. */
function meanWaitUs(service: ConstructorParameters<typeof StoreServer>[0], utilisation: number): number {
  const store = new StoreServer(service, new Conditions(1), stream(1, 'service'));
  const draw = stream(1, 'arrivals');
  const requests = 1e6;
  let [nowUs, waitedUs] = [0, 0];
  for (let request = 0; request < requests; request++) {
    nowUs += (exponential(draw) * serviceUs) / utilisation;
    waitedUs += store.accept(nowUs) - nowUs;
  }
  return waitedUs / requests;
}

test.each([0.3, 0.5, 0.8])('M/D/1 at %f: ρ / 2(1 − ρ) services, within 3 %%', (rho) => {
  const expectedUs = (rho / (2 * (1 - rho))) * serviceUs;
  expect(meanWaitUs({ model: 'fixed', value: serviceUs }, rho) / expectedUs).toBeCloseTo(1, 1.5);
});

test.each([0.3, 0.5, 0.8])('M/M/1 at %f: ρ / (1 − ρ) services, within 3 %%', (rho) => {
  const expectedUs = (rho / (1 - rho)) * serviceUs;
  expect(meanWaitUs({ model: 'exponential', mean: serviceUs }, rho) / expectedUs).toBeCloseTo(1, 1.5);
});
