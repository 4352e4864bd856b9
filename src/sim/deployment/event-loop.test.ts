import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdsFor } from '../../algorithms/testing/law.ts';
import { EventLoop } from './event-loop.ts';

test('events happen in the order of their instants, those of one instant in that of scheduling', () => {
  holdsFor(fc.array(fc.nat(50), { maxLength: 3000 }), (instants) => {
    const loop = new EventLoop();
    const seen: { atUs: number; subject: number }[] = [];
    const handler = loop.handler((subject) => seen.push({ atUs: loop.nowUs, subject }));
    for (const [subject, atUs] of instants.entries()) loop.schedule(atUs, handler, subject);
    while (loop.step());
    const expected = instants.map((atUs, subject) => ({ atUs, subject })).sort((a, b) => a.atUs - b.atUs);
    expect(seen).toEqual(expected);
  });
});

test('what is scheduled for the past happens now, and time passes without events', () => {
  const loop = new EventLoop();
  const seen: number[] = [];
  const later = loop.handler(() => seen.push(loop.nowUs));
  const first = loop.handler(() => loop.schedule(loop.nowUs - 5, later, 0));
  loop.schedule(10, first, 0);
  loop.schedule(20, later, 0);
  loop.runUntil(15);
  expect([seen, loop.nowUs]).toEqual([[10], 15]);
  loop.runUntil(20);
  expect(seen).toEqual([10, 20]);
  expect(loop.step()).toBe(false);
});
