import type { Quota } from '../algorithms/algorithm.ts';
import type { RecordedRequest, Recording } from './recording/recording.ts';

type Admission = Pick<RecordedRequest, 'sentUs' | 'answeredUs' | 'cost'>;

/**
 * Admissions that broke "at most `limit` in any trailing period" wherever between sending and answer each was decided:
 * requests sent after `a` and answered before `a + period` were decided within one period, whatever the clocks of the
 * two machines say. Needs only the clock of the client.
 */
export function certainOverAdmissions({ requests, keys }: Recording, { limit, periodUs }: Quota): number {
  const admitted = keys.map((): Admission[] => []);
  for (const request of requests) if (request.allowed) admitted[request.key].push(request);
  return admitted.reduce((sum, ofKey) => sum + overIn(ofKey, limit, periodUs), 0);
}

/** `admitted`: of one key, in the order of sending. An admission that is over does not count against later ones. */
function overIn(admitted: readonly Admission[], limit: number, periodUs: number): number {
  let over = 0;
  const kept: Admission[] = [];
  let first = 0;
  for (const request of admitted) {
    while (first < kept.length && kept[first].sentUs <= request.sentUs - periodUs) first++; // too old for all sent later as well
    const within = kept.slice(first).filter(({ sentUs, answeredUs }) => {
      return sentUs > request.answeredUs - periodUs && answeredUs <= request.answeredUs;
    });
    const units = within.reduce((sum, { cost }) => sum + cost, 0);
    if (units + request.cost > limit) over++;
    else kept.push(request);
  }
  return over;
}
