import * as z from 'zod';
import { at, defineFault, length } from './fault.ts';

export const storeOutage = defineFault({
  name: 'store-outage',
  title: 'the central store, or the coordinator, answers nobody',
  params: z.strictObject({ at, for: length }),
  begin: (_, { conditions }) => {
    conditions.storeFailures++;
  },
  end: (_, { conditions }) => {
    conditions.storeFailures--;
  },
});
