import { formatCount } from '../../units.ts';
import { index, span } from '../figures.ts';
import type { Column } from './column.ts';

export const jainEntitled: Column = {
  id: 'fairness.jain_entitled',
  title: 'fairness index',
  heading: ['fair', 'index'],
  better: 'higher',
  meaning: "Jain's index of what keys got of their due; 1 is fair.",
  read: ({ fairness }) => fairness.jain_entitled,
  format: index,
};

export const jainDemanded: Column = {
  id: 'fairness.jain',
  title: 'index of demand',
  heading: ['index of', 'demand'],
  better: 'higher',
  meaning: "Jain's index of what keys got of what they asked for.",
  read: ({ fairness }) => fairness.jain,
  format: index,
};

export const starvedKeys: Column = {
  id: 'fairness.starved_keys',
  title: 'starved keys',
  heading: ['starved', 'keys'],
  better: 'lower',
  meaning: 'Keys that got nothing although something was due.',
  read: ({ fairness }) => fairness.starved_keys,
  format: formatCount,
};

export const longestStarvation: Column = {
  id: 'fairness.longest_starvation_us',
  title: 'longest starvation',
  heading: ['longest', 'starved'],
  better: 'lower',
  meaning: 'Longest time that a key asked and was only refused.',
  read: ({ fairness }) => fairness.longest_starvation_us,
  format: span,
};
