import { formatCount } from '../../units.ts';
import { instant, percent, times } from '../figures.ts';
import type { Column } from './column.ts';

export const admitted: Column = {
  id: 'admitted_ratio',
  title: 'admitted %',
  heading: ['admitted', '%'],
  meaning: 'Share of the requests that were let through.',
  read: ({ admitted, requests }) => (requests === 0 ? null : admitted / requests),
  format: percent,
};

export const overAdmitted: Column = {
  id: 'accuracy.over_admitted',
  title: 'over-admitted',
  heading: ['over-', 'admitted'],
  better: 'lower',
  meaning: 'Let through although the contract did not allow it.',
  read: ({ accuracy }) => accuracy.over_admitted,
  format: formatCount,
};

export const worstWindow: Column = {
  id: 'accuracy.worst_window_ratio',
  title: 'worst window',
  heading: ['worst', 'window'],
  better: 'lower',
  meaning: 'Most units in a trailing period, divided by the limit.',
  read: ({ accuracy }) => accuracy.worst_window_ratio,
  format: times,
};

export const worstWindowAt: Column = {
  id: 'accuracy.worst_window_at_us',
  title: 'worst window at',
  heading: ['worst', 'at'],
  meaning: 'When in the run the worst window ended.',
  read: ({ accuracy }) => accuracy.worst_window_at_us,
  format: instant,
};

export const needless: Column = {
  id: 'accuracy.needless_rejected',
  title: 'needless rejections',
  heading: ['needless', 'rejected'],
  better: 'lower',
  meaning: 'Refused although the contract allowed it.',
  read: ({ accuracy }) => accuracy.needless_rejected,
  format: formatCount,
};

export const needlessShare: Column = {
  id: 'accuracy.needless_rejected_ratio',
  title: 'needless rejections %',
  heading: ['needless', 'rejec. %'],
  better: 'lower',
  meaning: 'The needless rejections as a share of the requests.',
  read: ({ accuracy }) => accuracy.needless_rejected_ratio,
  format: percent,
};

export const oracleDisagreed: Column = {
  id: 'accuracy.oracle_disagreed_ratio',
  title: 'unlike the oracle %',
  heading: ['unlike', 'oracle %'],
  better: 'lower',
  meaning: 'Decided unlike the contract run on the same arrivals.',
  read: ({ accuracy }) => accuracy.oracle_disagreed_ratio,
  format: percent,
};
