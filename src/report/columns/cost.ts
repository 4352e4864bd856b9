import { formatCount } from '../../units.ts';
import type { Column } from './column.ts';

export const bytesPerKey: Column = {
  id: 'memory.bytes_per_key',
  title: 'bytes a key',
  heading: ['bytes', 'a key'],
  better: 'lower',
  meaning: 'State of one key: plain, or as a real store keeps it.',
  read: ({ memory, topology }) => (topology === 'remote' ? null : memory.bytes_per_key),
  format: formatCount,
};

export const bytes: Column = {
  id: 'memory.bytes',
  title: 'bytes in all',
  heading: ['bytes', 'in all'],
  better: 'lower',
  meaning: 'State of the most keys that were alive at once.',
  read: ({ memory, topology }) => (topology === 'remote' ? null : memory.bytes),
  format: formatCount,
};

export const decisionsPerSecond: Column = {
  id: 'throughput.decisions_per_s',
  title: 'decisions a second',
  heading: ['decisions', 'a second'],
  better: 'higher',
  meaning: 'Measured on this machine; differs from run to run.',
  read: ({ throughput, topology }) => (topology === 'remote' ? null : throughput.decisions_per_s),
  format: formatCount,
};
