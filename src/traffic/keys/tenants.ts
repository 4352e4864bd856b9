import * as z from 'zod';
import type { ArrivalBatch } from '../../algorithms/batch.ts';
import { count, label, positiveNumber, realNumber } from '../../fields.ts';
import { AliasTable } from '../alias.ts';
import type { RandomStream } from '../random.ts';
import { type KeyChooser, type KeySite, keyModel } from './model.ts';
import { zipfWeights } from './zipf.ts';

const tenant = z.strictObject({
  name: label.describe('Name of the tenant, by which its limits refer to it'),
  weight: positiveNumber
    .prefault(1)
    .describe("This tenant's part of the requests, relative to the others' weights"),
  users: count.describe('How many users it has, such as 1k'),
  exponent: realNumber
    .prefault(0)
    .describe('How steep the popularity of its users falls, as in zipf; 0 is uniform'),
});
type Tenant = z.output<typeof tenant>;

/** One table over the users of all tenants, so that tenant and user cost one random number together. */
class Tenants implements KeyChooser {
  readonly #users: AliasTable;
  readonly #keyOf: Uint32Array;
  readonly #tenantOf: Uint32Array;
  readonly #draw: RandomStream;

  constructor(tenants: readonly Tenant[], { firstKeys, tenants: numbers, draw }: KeySite) {
    this.#draw = draw;
    const total = tenants.reduce((sum, { users }) => sum + users, 0);
    const weights = new Float64Array(total);
    this.#keyOf = new Uint32Array(total);
    this.#tenantOf = new Uint32Array(total);
    let at = 0;
    for (const [i, tenant] of tenants.entries()) {
      weights.set(weightsOfUsers(tenant), at);
      for (let user = 0; user < tenant.users; user++) this.#keyOf[at + user] = firstKeys[i] + user;
      this.#tenantOf.fill(numbers[i], at, at + tenant.users);
      at += tenant.users;
    }
    this.#users = new AliasTable(weights);
  }

  fill({ key, tenant }: ArrivalBatch, from: number, to: number): void {
    const keyOf = this.#keyOf;
    const tenantOf = this.#tenantOf;
    this.#users.fill(this.#draw, key, from, to);
    for (let row = from; row < to; row++) {
      const user = key[row];
      key[row] = keyOf[user];
      tenant[row] = tenantOf[user];
    }
  }
}

/** Users share the weight of their tenant by Zipf's law. */
function weightsOfUsers({ weight, users, exponent }: Tenant): Float64Array {
  const weights = zipfWeights(users, exponent);
  const part = weight / weights.reduce((sum, each) => sum + each, 0);
  return weights.map((each) => each * part);
}

const schema = z.strictObject({
  model: z.literal('tenants'),
  tenants: z
    .array(tenant, { error: 'write a list of tenants, each with name and users' })
    .min(1, 'needs at least one tenant, such as {name: acme, users: 100}')
    .refine(
      (tenants) => new Set(tenants.map(({ name }) => name)).size === tenants.length,
      'two tenants have the same name; give each its own',
    )
    .describe('Tenants: [{name: acme, weight: 2, users: 1k}, …]'),
});

/** A tenant is the same one in every stream: its users share their keys across streams. */
export const tenants = keyModel({
  name: 'tenants',
  title: 'tenants by weight, and users within each; fills the tenant that shared limits count against',
  schema,
  groups: ({ tenants }) => tenants.map(({ name, users }) => ({ tenant: name, keys: users })),
  begin: ({ tenants }, site) => new Tenants(tenants, site),
});
