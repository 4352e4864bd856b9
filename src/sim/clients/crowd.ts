import type { Chosen } from '../deployment/named-settings.ts';
import type { Site } from '../deployment/site.ts';
import type { ClientFigures } from '../result.ts';
import { ClassMeter } from './class-meter.ts';
import type { ClientClass } from './classes.ts';
import { clientsLabel } from './clients.ts';
import { Lines } from './lines.ts';
import { policies } from './policies/index.ts';
import type { Answer, Habits, Policy } from './policy.ts';
import { WorkMeter } from './work-meter.ts';
import { none, Works } from './works.ts';

/**
 * The clients of a row, in a closed loop with it: what they are answered decides when they ask again. Each key is a client. An
 * arrival is a unit of work that it wants done; the client asks for it, and when it is refused again and again as its policy
 * says, until it is admitted or given up.
 */
export class Crowd {
  readonly #chosen: Chosen;
  readonly #site: Site;
  readonly #habits: Habits;
  readonly #policy: Policy;
  readonly #works = new Works();
  readonly #lines: Lines | undefined;
  readonly #meter = new WorkMeter();
  readonly #byClass: readonly ClassMeter[];
  readonly #answer: Answer = { nowUs: 0, retryAfterUs: 0, remaining: 0, moreInUs: 0 };
  readonly #ask: number;
  readonly #free: number;

  constructor(chosen: Chosen, site: Site, classes: readonly ClientClass[] = []) {
    const kind = policies.find(({ name }) => name === chosen.name)!; // it was chosen from this list
    this.#chosen = chosen;
    this.#byClass = classes.map((one) => new ClassMeter(one));
    this.#site = site;
    this.#habits = chosen.params as Habits; // every policy has them
    const { quota } = site;
    this.#policy = kind.create(chosen.params, { works: this.#works, quota, draw: (use) => site.draw(use) });
    site.attempts.tellsLimit = kind.readsLimit ?? false;
    this.#lines =
      this.#habits.in_flight === undefined ? undefined : new Lines(this.#works, this.#habits.in_flight);
    this.#ask = site.loop.handler((work) => this.#attempt(work));
    this.#free = site.loop.handler((key) => this.#next(key));
  }

  /** Units of work that are neither done nor abandoned. */
  get open(): number {
    return this.#works.open;
  }

  /** A client wants something done, now. */
  arrive(key: number, tenant: number, cost: number, durationUs: number): void {
    const { nowUs } = this.#site.loop;
    this.#meter.offer(nowUs);
    this.#classOf(key)?.offer();
    const deadlineUs = nowUs + this.#habits.give_up_after;
    const work = this.#works.add(nowUs, deadlineUs, key, tenant, cost, durationUs);
    if (this.#lines && !this.#lines.enter(work)) return;
    if (!this.#begin(work)) this.#next(key);
  }

  /** A client has the answer to an attempt, now. */
  hear(attempt: number): void {
    const { attempts, loop } = this.#site;
    const place = attempt & attempts.mask;
    const work = attempts.work[place];
    const answer = this.#answer;
    answer.nowUs = loop.nowUs;
    answer.retryAfterUs = attempts.retryAfterUs[place];
    answer.remaining = attempts.remaining[place];
    answer.moreInUs = attempts.moreInUs[place];
    if (attempts.allowed[place] === 1) this.#admitted(work, loop.nowUs + attempts.delayUs[place]);
    else this.#refused(work);
  }

  figures(): ClientFigures {
    const { name, params } = this.#chosen;
    return {
      label: clientsLabel(this.#chosen),
      policy: name,
      params,
      ...this.#meter.figures(this.#site.faults.spans),
      ...(this.#byClass.length > 0 && { classes: this.#byClass.map((meter) => meter.figures()) }),
    };
  }

  #classOf(key: number): ClassMeter | undefined {
    return this.#site.classes && this.#byClass[this.#site.classes.of(key)];
  }

  /** Asks for the work, now or after the wait of its policy; false when that is too late. */
  #begin(work: number): boolean {
    const { nowUs } = this.#site.loop;
    const deadlineUs = this.#works.deadlineUs[work];
    const waitUs = nowUs > deadlineUs ? 0 : (this.#policy.beforeUs?.(work, nowUs) ?? 0);
    if (nowUs + waitUs > deadlineUs) {
      this.#abandon(work, Math.min(nowUs, deadlineUs), 0);
      return false;
    }
    if (waitUs === 0) this.#attempt(work);
    else this.#site.loop.schedule(Math.ceil(nowUs + waitUs), this.#ask, work);
    return true;
  }

  #attempt(work: number): void {
    const { key, tenant, cost, durationUs, attempts } = this.#works;
    const { nowUs } = this.#site.loop;
    this.#meter.attempt(nowUs, attempts[work]++ === 0);
    this.#site.receive(
      this.#site.attempts.make(nowUs, key[work], tenant[work], cost[work], durationUs[work], 0, work),
    );
  }

  /** The answer is passed on at `doneUs`, which is later than now where a queue holds it back. */
  #admitted(work: number, doneUs: number): void {
    const { arrivedUs, deadlineUs, durationUs, cost, key } = this.#works;
    this.#policy.afterDone?.(work, this.#answer);
    const freeUs = doneUs + durationUs[work];
    if (doneUs > deadlineUs[work]) {
      this.#abandon(work, deadlineUs[work], cost[work]);
    } else {
      this.#meter.finish(arrivedUs[work], doneUs);
      this.#classOf(key[work])?.finish(doneUs - arrivedUs[work]);
      this.#works.remove(work);
    }
    this.#leave(work, freeUs);
  }

  #refused(work: number): void {
    const { nowUs } = this.#answer;
    const { max_attempts = Number.POSITIVE_INFINITY, round_trip } = this.#habits;
    this.#meter.refuse();
    const waitUs =
      this.#works.attempts[work] < max_attempts
        ? this.#policy.retryUs(work, this.#answer)
        : Number.POSITIVE_INFINITY;
    const againUs = Math.ceil(nowUs + round_trip + waitUs);
    if (againUs <= this.#works.deadlineUs[work]) {
      this.#site.loop.schedule(againUs, this.#ask, work);
      return;
    }
    this.#abandon(work, Math.min(nowUs, this.#works.deadlineUs[work]), 0);
    this.#leave(work, nowUs);
  }

  /** `cost`: what was admitted for it all the same. */
  #abandon(work: number, atUs: number, cost: number): void {
    this.#meter.abandon(atUs, cost);
    this.#works.remove(work);
  }

  /** The client of a unit of work that was settled is free for another, a round trip after `fromUs`. */
  #leave(work: number, fromUs: number): void {
    if (!this.#lines) return;
    this.#site.loop.schedule(Math.ceil(fromUs + this.#habits.round_trip), this.#free, this.#works.key[work]);
  }

  /** Begins the first work in a client's line for which it is not too late. */
  #next(key: number): void {
    let work = this.#lines?.leave(key) ?? none;
    while (work !== none && !this.#begin(work)) work = this.#lines?.leave(key) ?? none;
  }
}
