/** Which limiter explains a recording, for a terminal. */
import type { AgainstFit, FitResult, FittedLimiter } from '../loadtest/fit/result.ts';
import { formatCount, formatDuration, formatShare } from '../units.ts';
import { aligned } from './aligned.ts';
import { textOf } from './blocks.ts';
import { instant } from './figures.ts';
import { labelOf, listed, shortLabels } from './rows.ts';
import { safeText } from './safe-text.ts';
import type { TextOptions } from './text.ts';
import { counted } from './words.ts';
import { hanging, labelled } from './wrap.ts';

const width = 80;
const gap = 2; // between two columns
const mostRows = 10;

export function renderFit(result: FitResult, { ascii = false }: Pick<TextOptions, 'ascii'> = {}): string {
  const blocks = [headerLines(result), tableLines(result), answerLines(result), againstLines(result)];
  return textOf(blocks, ascii);
}

function headerLines({ recording, tried, notes }: FitResult): string[] {
  const { format, requests, keys, admitted, refused, duration_us } = recording;
  const facts = [
    [
      'recorded',
      `${formatCount(requests)} decisions on ${counted(keys, 'key')} in ${formatDuration(duration_us)}, ${safeText(format)}`,
    ],
    ['of these', `${formatCount(admitted)} admitted, ${formatCount(refused)} refused`],
    ['tried', counted(tried, 'limiter')],
    ...notes.map((note) => ['note', safeText(note)]),
  ];
  return facts.flatMap(([name, text]) => labelled(name, text, width));
}

function tableLines({ fits }: FitResult): string[] {
  const shown = fits.slice(0, mostRows);
  const heading = ['limit', 'explained', 'against'];
  const figures = shown.map((fit) => [fit.limit, explainedShare(fit), formatCount(fit.unexplained)]);
  const [first] = aligned([heading, ...figures]);
  const labels = shortLabels(shown, width - gap - first.length);
  const rows = figures.map((row, at) => [labels[at], ...row]);
  const left = fits.length - shown.length;
  return [
    ...aligned([['algorithm', ...heading], ...rows], 2),
    ...(left > 0 ? [`(${left} more; --json has all)`] : []),
  ];
}

function answerLines({ fits, recording }: FitResult): string[] {
  const [best] = fits;
  const alike = fits.filter((fit) => fit.like_first && fit !== best);
  const same = alike.length === 0 ? '' : ` Explains exactly as much: ${listed(alike.map(nameOf))}.`;
  return [
    'ANSWER',
    ...hanging(
      `${nameOf(best)}${windowWords(best)}${memoryWords(best)} explains ${explainedShare(best)} of the decisions.${heldWords(best, recording)}${same}`,
      width,
      2,
    ),
  ];
}

function memoryWords({ forgets_after_us: restUs }: FittedLimiter): string {
  return restUs === null ? '' : `, forgetting clients that rest for ${formatDuration(restUs)},`;
}

/** What a queue explains beside the decisions. */
function heldWords({ answers_uneven_us: leftUs }: FittedLimiter, recording: FitResult['recording']): string {
  const { answers_uneven_us: unevenUs } = recording;
  if (leftUs === null || unevenUs === null || leftUs >= unevenUs) return '';
  return ` Admissions were answered as late as it holds them back: that leaves differences of ${formatDuration(leftUs)} on average, of ${formatDuration(unevenUs)} without.`;
}

/** 100 % only where nothing is left. */
function explainedShare({ explained_ratio: ratio, unexplained }: FittedLimiter): string {
  return unexplained > 0 && ratio > 0.999 ? '> 99.9 %' : formatShare(ratio);
}

function nameOf(fit: FittedLimiter): string {
  return `${labelOf(fit)} at ${fit.limit}`;
}

function windowWords({ window_phase_us: phaseUs }: FittedLimiter): string {
  if (phaseUs === null) return '';
  return phaseUs === 0
    ? ', windows aligned by the clock,'
    : `, windows beginning ${formatDuration(phaseUs)} after those of the clock,`;
}

function againstLines({ against, against_by_1ms: ties, fits }: FitResult): string[] {
  if (against.length === 0) return [];
  const { unexplained } = fits[0];
  const more = unexplained - against.length;
  const tied = `${formatCount(ties)} of these ${formatCount(unexplained)} by a millisecond or less: ties, or a clock that is rounded.`;
  return [
    'AGAINST IT',
    ...against.flatMap((one) => hanging(againstWords(one), width, 2)),
    ...(more > 0 ? [`(${more} more)`] : []),
    ...(ties > 0 ? [tied] : []),
  ];
}

function againstWords({ at_us, key, cost, observed, state }: AgainstFit): string {
  const units = cost === 1 ? '' : ` (cost ${cost})`;
  return `${instant(at_us)} ${safeText(key)}${units}: ${observed}, although: ${safeText(state)}`;
}
