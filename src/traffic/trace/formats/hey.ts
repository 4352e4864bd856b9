import type { FieldRoles } from '../roles.ts';
import { headedTable } from './headedtable.ts';

/** hey, `-o csv`: offset is when the request began, in seconds from the start, as is the time that its response took. */
const roles: FieldRoles = {
  time: ['offset'],
  timeUnit: 's',
  key: [],
  durations: ['response-time'],
  durationUnitUs: 1e6,
};

export const hey = headedTable({
  name: 'hey',
  title: 'hey CSV results',
  about: 'Requests of the load generator hey (`-o csv`)',
  header: ['response-time', 'DNS+dialup', 'status-code', 'offset'],
  roles,
});
