import type { AlgorithmResult } from '../../sim/result.ts';
import { formatCount } from '../../units.ts';
import type { Column } from './column.ts';

/** Units that passed at most within the span that `title` names. */
function mostIn(id: keyof AlgorithmResult['burst'], title: string): Column {
  return {
    id: `burst.${id}`,
    title: `most in ${title}`,
    heading: ['most in', title],
    better: 'lower',
    meaning: `Most units of one key, or of who shares a limit, in ${title}.`,
    read: ({ burst }) => burst[id],
    format: formatCount,
  };
}

export const mostIn10Ms = mostIn('max_in_10ms', '10 ms');
export const mostIn100Ms = mostIn('max_in_100ms', '100 ms');
export const mostIn1S = mostIn('max_in_1s', '1 s');
export const mostInWindow = mostIn('max_in_window', 'a period');

export const sigma: Column = {
  id: 'burst.sigma',
  title: 'burst σ',
  heading: ['burst', 'σ'],
  better: 'lower',
  meaning: 'Smallest bucket at rate ρ that passes all of this.',
  read: ({ burst }) => burst.sigma,
  format: formatCount,
};

export const rho: Column = {
  id: 'burst.rho_per_s',
  title: 'rate ρ a second',
  heading: ['rate ρ', 'a second'],
  meaning: 'Sustained rate of the limit, by which σ is measured.',
  read: ({ burst }) => burst.rho_per_s,
  format: formatCount,
};
