import type { Prices, StackItem, Tier } from './prices.ts';
import type { Bill, BillLine, PlanRow, Pricing } from './result.ts';

const secondsPerMonth = 730 * 3600;

/** What the row costs a month, with the rest of the stack, as if the peak lasted all month. */
export function billFor(row: PlanRow, prices: Prices, pricing: Pricing): Bill {
  const node = prices.redis_nodes.find(({ name }) => name === row.node)!; // the row was sized on one of them
  const redis = { ...node, what: `Redis, ${node.name}`, discounts: ['reserved' as const] };
  const rate = row.load.decisions_per_s;
  const lines = [
    monthly(redis, row.nodes, prices, pricing),
    ...prices.stack.map((item) => lineOf(item, rate, prices, pricing)),
  ];
  return {
    algorithm: row.algorithm,
    pricing,
    lines,
    usd_per_month: lines.reduce((sum, { usd_per_month }) => sum + usd_per_month, 0),
    instead: prices.instead.map((item) => lineOf(item, rate, prices, 'on-demand')),
  };
}

function lineOf(item: StackItem, ratePerSecond: number, prices: Prices, pricing: Pricing): BillLine {
  if ('usd_per_million_requests' in item) return byTheRequest(item, ratePerSecond);
  const quantity = item.per_rate === undefined ? 1 : Math.ceil(ratePerSecond / item.per_rate);
  return monthly(item, quantity, prices, pricing);
}

/** Each is the mean over the tiers that so many requests go through. */
function byTheRequest(
  item: Extract<StackItem, { usd_per_million_requests: unknown }>,
  ratePerSecond: number,
): BillLine {
  const millions = (ratePerSecond * secondsPerMonth) / 1e6;
  return line(
    item,
    millions,
    'a million requests',
    usdFor(millions, item.usd_per_million_requests) / millions,
  );
}

function usdFor(millions: number, tiers: readonly Tier[]): number {
  let left = millions;
  return tiers.reduce((sum, { millions: width = left, usd }) => {
    const taken = Math.min(left, width);
    left -= taken;
    return sum + taken * usd;
  }, 0);
}

/** Spot is cheaper than reserved where it can be had; what has neither costs what it costs. */
function monthly(
  item: Omit<Extract<StackItem, { usd_per_month: number }>, 'per_rate'>,
  quantity: number,
  { discounts }: Prices,
  pricing: Pricing,
): BillLine {
  const wanted = pricing === 'spot' && !item.discounts.includes('spot') ? 'on-demand' : pricing;
  const off = wanted !== 'on-demand' && item.discounts.includes(wanted) ? discounts[wanted] : 0;
  return line(item, quantity, off === 0 ? 'a month' : `a month, ${wanted}`, item.usd_per_month * (1 - off));
}

function line(
  { what, source, as_of, optimistic }: Pick<StackItem, 'what' | 'source' | 'as_of' | 'optimistic'>,
  quantity: number,
  unit: string,
  usdPerUnit: number,
): BillLine {
  const usd = { usd_per_unit: usdPerUnit, usd_per_month: quantity * usdPerUnit };
  return { what, quantity, unit, ...usd, source, as_of, ...(optimistic !== undefined && { optimistic }) };
}
