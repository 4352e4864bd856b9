import { grown } from '../../algorithms/columns.ts';
import { KeyTable } from '../../traffic/trace/keys.ts';
import { slash } from '../../traffic/trace/text/bytes.ts';

/** Numbers keys, and the tenants that they belong to, byte for byte. */
export class KeyNumbers {
  readonly #keys = new KeyTable();
  readonly #tenants = new KeyTable();
  #tenantOf = new Uint32Array(0);
  readonly #hasTenants: boolean;

  /** `hasTenants`: whether a limit counts against them; else all keys are of one, and no text of theirs is kept. */
  constructor(hasTenants: boolean) {
    this.#hasTenants = hasTenants;
  }

  /** The number of the key in `bytes[from, to)`. Throws UsageError when there are too many. */
  of(bytes: Uint8Array, from: number, to: number): number {
    const known = this.#keys.size;
    const key = this.#keys.intern(bytes, from, to);
    if (key === known && this.#hasTenants) {
      this.#tenantOf = grown(this.#tenantOf, this.#keys.size);
      this.#tenantOf[key] = this.#tenants.intern(bytes, from, tenantEnd(bytes, from, to));
    }
    return key;
  }

  tenantOf(key: number): number {
    return this.#hasTenants ? this.#tenantOf[key] : 0;
  }
}

/** The end of the part before the first slash; of the whole key when it has none. */
function tenantEnd(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] !== slash) at++;
  return at;
}
