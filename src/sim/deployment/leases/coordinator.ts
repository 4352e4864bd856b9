import type { ShareRule } from './shares.ts';

/** What a holder has of one key's limit, as a share of 1, and until when. */
interface Lease {
  wants: number;
  share: number;
  untilUs: number;
}

/**
 * Leases shares of each key's limit to holders, which come back before a lease ends to say what they want. It never
 * leases more than there is: who comes late waits until the others have come back and been given less. After a change of
 * leader it knows nothing, and for as long as a lease lasts repeats to each holder what it says that it has.
 */
export class Coordinator {
  readonly #rule: ShareRule;
  readonly #leaseUs: number;
  readonly #holders: number;
  readonly #leases = new Map<number, Lease[]>();
  #learningUntilUs = 0;

  constructor(rule: ShareRule, leaseUs: number, holders: number) {
    this.#rule = rule;
    this.#leaseUs = leaseUs;
    this.#holders = holders;
  }

  /** `wants` and the answer are shares of the limit; `of` is what there is to lease: 1, or a part that was leased. */
  renew(holder: number, key: number, wants: number, has: number, of: number, nowUs: number): number {
    const leases = this.#leasesOf(key);
    const own = leases[holder];
    own.wants = wants;
    own.share = nowUs < this.#learningUntilUs ? has : this.#grant(leases, holder, of, nowUs);
    own.untilUs = nowUs + this.#leaseUs;
    return own.share;
  }

  /** What holders want of a key, those whose leases have ended left out. */
  wanted(key: number, nowUs: number): number {
    return this.#leasesOf(key).reduce(
      (total, { wants, untilUs }) => total + (untilUs > nowUs ? wants : 0),
      0,
    );
  }

  /** A leader that knows of no lease takes over. */
  changeLeader(nowUs: number): void {
    this.#leases.clear();
    this.#learningUntilUs = nowUs + this.#leaseUs;
  }

  /** What nobody wants is held by everyone alike, against a sudden demand. */
  #grant(leases: readonly Lease[], holder: number, of: number, nowUs: number): number {
    const live = leases.filter((lease, at) => at === holder || lease.untilUs > nowUs);
    const shares = this.#rule(
      of,
      live.map(({ wants }) => wants),
    );
    const spare = (of - shares.reduce((total, share) => total + share, 0)) / live.length;
    const others = live.reduce((total, lease) => total + (lease === leases[holder] ? 0 : lease.share), 0);
    return Math.max(0, Math.min(shares[live.indexOf(leases[holder])] + spare, of - others));
  }

  #leasesOf(key: number): Lease[] {
    let leases = this.#leases.get(key);
    if (!leases) {
      leases = Array.from({ length: this.#holders }, () => ({ wants: 0, share: 0, untilUs: 0 }));
      this.#leases.set(key, leases);
    }
    return leases;
  }
}
