import type { Quota } from '../algorithms/algorithm.ts';
import type { Recording } from './recording/recording.ts';

/**
 * Admissions that broke "at most `limit` in any trailing period" wherever between sending and answer each was decided:
 * requests sent after `a` and answered before `a + period` were decided within one period, whatever the clocks of the
 * two machines say. Needs only the clock of the client.
 */
export function certainOverAdmissions({ requests, keys }: Recording, { limit, periodUs }: Quota): number {
  const admitted = keys.map(
    (): { readonly sentUs: number; readonly answeredUs: number; readonly cost: number }[] => [],
  );
  for (const request of requests) if (request.allowed) admitted[request.key].push(request);
  return admitted.reduce((sum, ofKey) => sum + overIn(ofKey, limit, periodUs), 0);
}

/** `admitted`: of one key, in the order of sending. An admission that is over does not count against later ones. */
function overIn(
  admitted: readonly { readonly sentUs: number; readonly answeredUs: number; readonly cost: number }[],
  limit: number,
  periodUs: number,
): number {
  let over = 0;
  const kept: (typeof admitted)[number][] = [];
  let first = 0;
  for (const request of admitted) {
    while (first < kept.length && kept[first].sentUs <= request.answeredUs - periodUs) first++;
    const units = kept
      .slice(first)
      .reduce((sum, { cost, answeredUs }) => sum + (answeredUs <= request.answeredUs ? cost : 0), 0);
    if (units + request.cost > limit) over++;
    else kept.push(request);
  }
  return over;
}
