import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdleMap } from './idle-map.ts';

const never = () => expect.fail('it is known');

test('a name is forgotten when it has been idle so long, and not a microsecond before', () => {
  const map = new IdleMap<number>(10, 100);
  map.use('ann', 0, () => 1);
  expect(map.use('ann', 9, never)).toBe(1);
  expect(map.use('ann', 18, never)).toBe(1); // used at 9
  expect(map.use('ann', 28, () => 2)).toBe(2);
  map.forgetIdle(38);
  expect(map.size).toBe(0);
});

test('when it is full, the one that was idle longest goes', () => {
  const map = new IdleMap<string>(1000, 2);
  map.use('ann', 0, () => 'ann');
  map.use('bob', 1, () => 'bob');
  map.use('ann', 2, never);
  map.use('zoe', 3, () => 'zoe');
  expect(map.size).toBe(2);
  expect(map.use('ann', 4, never)).toBe('ann');
  expect(map.use('bob', 5, () => 'anew')).toBe('anew');
});

test('what still matters is kept, and looked at again after as long', () => {
  const map = new IdleMap<number>(10, 100, (value, nowUs) => nowUs < value);
  map.use('ann', 0, () => 15);
  map.forgetIdle(10);
  map.forgetIdle(19);
  expect(map.size).toBe(1);
  map.forgetIdle(20);
  expect(map.size).toBe(0);
});

test('tells how many uses found their name', () => {
  const map = new IdleMap<number>(10, 100);
  expect(map.hitRatio).toBe(0);
  for (const nowUs of [0, 1, 2, 20]) map.use('ann', nowUs, () => nowUs);
  expect(map.hitRatio).toBe(0.5);
});

test('remembers what a list of all uses says, whatever comes', () => {
  const uses = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(6)), { maxLength: 60 });
  fc.assert(
    fc.property(uses, (steps) => {
      const map = new IdleMap<number>(10, 3);
      let known: { name: string; usedUs: number; value: number }[] = []; // the idlest first
      let nowUs = 0;
      for (const [name, stepUs] of steps) {
        nowUs += stepUs;
        known = known.filter(({ usedUs }) => nowUs - usedUs < 10);
        const value = known.find((each) => each.name === name)?.value ?? nowUs;
        known = [...known.filter((each) => each.name !== name).slice(-2), { name, usedUs: nowUs, value }];
        expect(map.use(name, nowUs, () => nowUs)).toBe(value);
        expect(map.size).toBe(known.length);
      }
    }),
  );
});
