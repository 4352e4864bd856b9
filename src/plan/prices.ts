import { join } from 'node:path';
import * as z from 'zod';
import { UsageError } from '../errors.ts';
import { ratePerSecond, reading } from '../fields.ts';
import { packageRoot } from '../package-root.ts';
import { parseBytes } from '../units.ts';
import { checkedYaml, readYamlText } from '../yaml-text.ts';

const usd = z.number().nonnegative();
const noted = {
  source: z.string().min(1),
  as_of: z.iso.date(),
  optimistic: z.string().exactOptional(),
};
const memoryBytes = z.string().transform(reading(parseBytes));

const nodeSchema = z
  .strictObject({
    name: z.string().regex(/^[^\p{C}]+$/u, 'must be one line of text'), // it stands in comments of what is exported
    usd_per_month: usd,
    memory: memoryBytes.describe('What maxmemory is on such a node'),
    network_gbit_per_s: z.number().positive().describe('Baseline, not burst'),
    ...noted,
  })
  .transform(({ memory, network_gbit_per_s, ...node }) => ({
    ...node,
    memory_bytes: memory,
    network_bits_per_s: network_gbit_per_s * 1e9,
  }));

const discount = z.enum(['reserved', 'spot']);
const byTheMonth = z.strictObject({
  what: z.string().min(1),
  usd_per_month: usd,
  per_rate: ratePerSecond
    .exactOptional()
    .describe('One for each so many requests a second; one in all without it'),
  discounts: z.array(discount).default([]),
  ...noted,
});
const tiers = z
  .array(z.strictObject({ millions: z.number().positive().exactOptional(), usd }))
  .min(1)
  .refine((all) => all.every(({ millions }, at) => (millions === undefined) === (at === all.length - 1)), {
    message: 'each but the last must say for how many millions, and the last is for all beyond',
  });
const byTheRequest = z.strictObject({
  what: z.string().min(1),
  usd_per_million_requests: z.union([usd.transform((all) => [{ usd: all }]), tiers]),
  ...noted,
});

const pricesSchema = z.strictObject({
  name: z.string().min(1),
  as_of: z.iso.date(),
  discounts: z.strictObject({ reserved: z.number().min(0).max(1), spot: z.number().min(0).max(1) }),
  redis_nodes: z.array(nodeSchema).min(1),
  stack: z.array(z.union([byTheMonth, byTheRequest])),
  instead: z.array(byTheRequest).default([]),
});

export type Prices = z.output<typeof pricesSchema>;
export type RedisNode = Prices['redis_nodes'][number];
export type Tier = z.output<typeof tiers>[number];
export type StackItem = Prices['stack'][number];

/** Price lists that come with the program. */
export const providers = ['aws', 'reference'] as const;
export type Provider = (typeof providers)[number];

export function shippedPrices(provider: Provider): Promise<Prices> {
  return readPrices(join(packageRoot(), 'capacity', `${provider}.yaml`));
}

/** Reads a price list, YAML. Throws UsageError that names the file, the line and the field. */
export async function readPrices(path: string): Promise<Prices> {
  return parsePrices(await readYamlText(path, 'a price list'), path);
}

export function parsePrices(text: string, path: string): Prices {
  try {
    return checkedYaml(pricesSchema, text, path).value;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${error.message}\n${join('capacity', 'aws.yaml')} of the package is one to copy`);
  }
}
