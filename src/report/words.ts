/** Limits and contracts in words. */
import type {
  ContractFigures,
  LimitFigures,
  RunResult,
  SingleContract,
  TrafficFigures,
} from '../sim/result.ts';
import { formatCount, formatDuration, spellDuration } from '../units.ts';
import { safeText } from './safe-text.ts';

const periodNames = new Map([
  [1e6, 'second'],
  [60e6, 'minute'],
  [3600e6, 'hour'],
  [86_400e6, 'day'],
]);

/** `minute`, `10 s`: what stands after "in a trailing". */
export function periodName(us: number): string {
  return periodNames.get(us) ?? formatDuration(us);
}

/** `100/1m, burst 100, for each key`; several are joined by `and`. */
export function limitWords({ limit, limits }: RunResult['scenario']): string {
  return (limits ?? [limit]).map(oneLimit).join(' and ');
}

/** As short as `--limit` takes it: `100/1m`, `100/1m,burst=20 + 5000/1m,per=tenant`. */
export function limitSpelling({ limit, limits }: RunResult['scenario']): string {
  const spelled = (limits ?? [limit]).map(({ limit, period_us, burst, per, tenant }) => {
    const settings = [burst === limit ? '' : `,burst=${burst}`, per === 'key' ? '' : `,per=${safeText(per)}`];
    const whose = tenant === undefined ? '' : ` for ${safeText(tenant)}`;
    return `${limit}/${spellDuration(period_us)}${settings.join('')}${whose}`;
  });
  return spelled.join(' + ');
}

/** The promise, such as `at most 100 in any trailing minute, for each key`. */
export function contractWords(contract: ContractFigures): string {
  return contract.kind === 'all' ? contract.contracts.map(oneContract).join('; and ') : oneContract(contract);
}

/** The length of the contract's window; undefined where there are several or the contract has none. */
export function windowOf(contract: ContractFigures): number | undefined {
  return contract.kind !== 'all' && 'window_us' in contract ? contract.window_us : undefined;
}

/** `48.2k requests of 50 keys in 10 m, synthetic: poisson`. */
export function trafficWords({ source, format, requests, keys, cost, duration_us }: TrafficFigures): string {
  const units = cost === requests ? '' : `, ${formatCount(cost)} units in all`;
  const size = `${counted(requests, 'request')} of ${counted(keys, 'key')} in ${formatDuration(duration_us)}`;
  return `${size}${units}, ${source}: ${safeText(format)}`;
}

/** `1 key`, `3 keys`. */
export function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function oneLimit({ limit, period_us, burst, per, tenant }: LimitFigures): string {
  return `${limit}/${spellDuration(period_us)}, burst ${burst}, ${whom(per, tenant)}`;
}

function oneContract(contract: SingleContract): string {
  const { kind, limit, per, tenant } = contract;
  const share = whom(per, tenant);
  if (kind === 'bucket') {
    const { burst, period_us } = contract;
    return `at most ${burst} at once, and ${limit} a ${periodName(period_us)} on top, in any interval, ${share}`;
  }
  const period = periodName(contract.window_us);
  if (kind === 'window') return `at most ${limit} in any trailing ${period}, ${share}`;
  return `at most ${limit} in each ${period} of the calendar, ${share}`;
}

function whom(per: string, tenant: string | undefined): string {
  if (tenant !== undefined) return `for tenant ${safeText(tenant)}`;
  return per === 'global' ? 'for all together' : `for each ${safeText(per)}`;
}
