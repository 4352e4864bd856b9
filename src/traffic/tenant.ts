import type { ArrivalBatch } from '../algorithms/batch.ts';
import { grown } from '../algorithms/columns.ts';
import type { ArrivalSource } from './source.ts';

/** `acme/user-7` belongs to the tenant `acme`; a key without a slash is a tenant of its own. */
export function tenantOf(key: string): string {
  const slash = key.indexOf('/');
  return slash < 0 ? key : key.slice(0, slash);
}

/** Numbers tenants in the order in which they first appear, after those that are known beforehand. */
export class TenantNumbers {
  readonly #numbers = new Map<string, number>();

  constructor(known: readonly string[] = []) {
    for (const tenant of known) this.of(tenant);
  }

  get size(): number {
    return this.#numbers.size;
  }

  of(tenant: string): number {
    const known = this.#numbers.get(tenant);
    if (known !== undefined) return known;
    this.#numbers.set(tenant, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}

/** Fills the `tenant` column of a source whose keys are spelled `tenant/user`. */
export class WithTenants implements ArrivalSource {
  readonly #source: ArrivalSource;
  readonly #numbers: TenantNumbers;
  #tenantOfKey = new Uint32Array(0);
  #keys = 0;

  /** `known`: tenants that have the first numbers, in this order. */
  constructor(source: ArrivalSource, known: readonly string[]) {
    this.#source = source;
    this.#numbers = new TenantNumbers(known);
  }

  get epochUs(): number {
    return this.#source.epochUs;
  }

  get hasDurations(): boolean {
    return this.#source.hasDurations;
  }

  async next(batch: ArrivalBatch): Promise<boolean> {
    if (!(await this.#source.next(batch))) return false;
    this.#tenantOfKey = grown(this.#tenantOfKey, batch.keys);
    for (; this.#keys < batch.keys; this.#keys++) {
      this.#tenantOfKey[this.#keys] = this.#numbers.of(tenantOf(this.#source.keyName(this.#keys)));
    }
    for (let row = 0; row < batch.length; row++) batch.tenant[row] = this.#tenantOfKey[batch.key[row]];
    batch.tenants = Math.max(1, this.#numbers.size);
    return true;
  }

  keyName(key: number): string {
    return this.#source.keyName(key);
  }

  summary() {
    return this.#source.summary();
  }

  close(): void | Promise<void> {
    return this.#source.close();
  }
}
