/** What a row of the comparison is called. */
import truncate from 'cli-truncate';
import stringWidth from 'string-width';
import type { AlgorithmResult } from '../sim/result.ts';
import { spellParams as plainSpelling } from '../sim/selection.ts';
import { safeText } from './safe-text.ts';

type Named = Pick<AlgorithmResult, 'algorithm' | 'variant'> & {
  readonly topology?: string;
  readonly clients?: string | { readonly label: string };
};

/** The fewest columns in which names with a variant can still be told apart. */
export const shortestLabel = 22;

/** `token-bucket (interval refill)`, `token-bucket on local split=even`, `token-bucket on central with exponential`. */
export function labelOf(row: Named): string {
  return decidedBy(row) + where(row) + whose(row);
}

function decidedBy({ algorithm, variant }: Named): string {
  return variant === '' ? safeText(algorithm) : `${safeText(algorithm)} (${safeText(variant)})`;
}

/** Nothing for the ideal place, nor for a live target, which is a row of its own. */
function where({ topology = 'ideal' }: Named): string {
  return topology === 'ideal' || topology === 'remote' ? '' : ` on ${safeText(topology)}`;
}

function whose({ clients }: Named): string {
  if (clients === undefined) return '';
  return ` with ${safeText(typeof clients === 'string' ? clients : clients.label)}`;
}

/**
 * The labels of rows that stand together, within `width` columns. Where clients make them longer than that, words that all rows
 * share are left out, and then the middle, so that rows can still be told apart.
 */
export function shortLabels(rows: readonly Named[], width: number): string[] {
  const labels = rows.map(labelOf);
  if (rows.every(({ clients }) => clients === undefined)) return rows.map((row) => shortLabel(row, width));
  if (labels.every((label) => stringWidth(label) <= width)) return labels;
  const words = labels.map((label) => label.split(' '));
  return words.map((own, at) => {
    const telling = own.filter((word) => !words.every((others) => others.includes(word)));
    return truncate(telling.length === 0 ? labels[at] : telling.join(' '), width, { position: 'middle' });
  });
}

/**
 * The label within `width` columns: topology and variant are what tell rows apart, so the algorithm's name is cut first; of
 * a topology its parameters, which stand at the end.
 */
function shortLabel(row: Named, width: number): string {
  const label = labelOf(row);
  if (stringWidth(label) <= width) return label;
  const place = where(row);
  if (place !== '') {
    const forAlgorithm = Math.max(4, width - stringWidth(place));
    return truncate(`${truncate(decidedBy(row), forAlgorithm)}${place}`, width, { position: 'middle' });
  }
  if (row.variant === '') return truncate(label, width);
  const [algorithm, variant] = [safeText(row.algorithm), safeText(row.variant)];
  const forAlgorithm = Math.max(4, width - stringWidth(variant) - 3); // a space and two parentheses
  return truncate(`${truncate(algorithm, forAlgorithm)} (${variant})`, width);
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Spelled as `--param` takes them: `align=epoch count_rejected=false`. */
export function spellParams(params: AlgorithmResult['params']): string {
  return safeText(plainSpelling(params));
}
