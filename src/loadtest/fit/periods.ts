const second = 1e6;
const minute = 60 * second;
const hour = 60 * minute;

/** Periods that people write, the likeliest first: of two that explain alike, the first is shown. */
export const usualPeriodsUs = [
  ...[1, 60, 3600, 10, 5, 2, 30, 300, 600, 900, 86_400].map((seconds) => seconds * second),
  ...[0.1, 0.5, 0.2, 0.25, 0.3, 0.4, 0.05].map((seconds) => seconds * second),
  ...[3, 15, 20, 4, 6, 8, 7, 9, 12, 1.5, 2.5, 40, 45, 90].map((seconds) => seconds * second),
  ...[2, 3, 30, 4, 20].map((minutes) => minutes * minute),
  ...[2, 6, 12].map((hours) => hours * hour),
];
