/** What stores without scripts say of rows, by the twins that algorithms have for them. */
import type { Algorithm, LimiterContext, Quota } from '../algorithms/algorithm.ts';
import type { Sequence, Sequences } from '../algorithms/sequence.ts';
import { type Accesses, type StoreRow, withoutTwin } from './store.ts';

/** The member of an algorithm that says how to decide in the store. */
type Twin<Operation, Answer> = (
  quota: Quota,
  params: Readonly<Record<string, unknown>>,
  context: LimiterContext,
) => Sequences<Operation, Answer>;

/** An algorithm's ways beside the atomic one. Each takes any parameters. */
export function accessesOf<O, A>({ params }: Algorithm, twin: Twin<O, A> | undefined): Accesses {
  const anyQuota = { limit: 1, periodUs: 1, burst: 1 };
  const ways = twin?.(anyQuota, params.parse({}), { epochUs: 0 }) ?? {};
  const others = Object.keys(ways).filter((access) => access !== 'atomic');
  return Object.fromEntries(others.map((access) => [access, {}]));
}

/** How a row is decided, for each of its limits. */
export function sequencesOf<O, A>(
  { params, access, quotas, context }: StoreRow,
  twin: Twin<O, A> | undefined,
): Sequence<O, A>[] {
  return quotas.flatMap((quota) => twin?.(quota, params, context)[access] ?? []);
}

/** Why a row cannot be decided in the store that is called `store`; undefined when it can. */
export function whyNotIn<O, A>(
  store: string,
  row: StoreRow,
  twin: Twin<O, A> | undefined,
): string | undefined {
  const { algorithm, access, params, quotas, context } = row;
  if (!algorithm.redis) return withoutTwin(algorithm, store);
  if (!twin) return `${algorithm.name} in ${store}: there is no way to it yet without a script`;
  if (quotas.length > 1) {
    return `${algorithm.name} in ${store} under ${quotas.length} limits at once: it changes one key at a time, and a request may take from all limits or from none`;
  }
  const ways = Object.keys(twin(quotas[0], params, context));
  if (ways.includes(access)) return undefined;
  return `${algorithm.name}:access=${access} in ${store}: its ways there are ${ways.join(', ')}`;
}
