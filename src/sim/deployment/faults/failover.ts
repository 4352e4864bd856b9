import * as z from 'zod';
import { durationUs } from '../../../fields.ts';
import { at, defineFault, length } from './fault.ts';

export const failover = defineFault({
  name: 'failover',
  title: 'the store dies, and a copy that lacks its latest writes takes its place',
  params: z.strictObject({
    at,
    for: length.prefault('1s').describe('how long nobody answers'),
    loses: durationUs.prefault('1s').describe('the span before its death whose writes the copy lacks'),
  }),
  begin: ({ loses }, { conditions, topology }) => {
    conditions.storeFailures++;
    topology.failOver?.(loses);
  },
  end: (_, { conditions }) => {
    conditions.storeFailures--;
  },
});
