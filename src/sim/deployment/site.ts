import type { Limiter, Quota } from '../../algorithms/algorithm.ts';
import { type Draw, stream } from '../../traffic/random.ts';
import { Classes } from '../clients/classes.ts';
import { createLimiter, longestTtlUs } from '../limiters.ts';
import type { ComparisonPlan } from '../plan.ts';
import type { Rule } from '../rule.ts';
import type { Selection } from '../selection.ts';
import { Attempts } from './attempts.ts';
import { type Balancer, balancerFor } from './balancer.ts';
import type { CalibratedStore, Times } from './calibrated.ts';
import { Conditions } from './conditions.ts';
import { Decider } from './decider.ts';
import type { Deployment } from './deployment.ts';
import { EventLoop } from './event-loop.ts';
import { FaultSchedule } from './fault-schedule.ts';
import { Network } from './network.ts';
import { NodeCount } from './node-count.ts';
import { topologies } from './topologies/index.ts';
import type { Topology, World } from './topology.ts';

/** The nodes of a deployment and what lies between and behind them, as one row of a comparison has them. */
export class Site implements World {
  readonly loop = new EventLoop();
  readonly attempts = new Attempts();
  readonly conditions: Conditions;
  readonly mostNodes: number;
  readonly quota: Quota;
  readonly per: Rule['per'];
  readonly ttlUs: number;
  readonly failOvers: readonly number[];
  readonly calibrated: CalibratedStore | undefined;
  readonly classes: Classes | undefined;
  readonly faults: FaultSchedule;
  readonly nodeCount: NodeCount;
  readonly topology: Topology;
  readonly #deployment: Deployment;
  readonly #createLimiter: (times: number) => Limiter;
  readonly #balancer: Balancer;
  readonly #deciders: Decider[] = [];
  readonly #underWay: Uint32Array;
  readonly #onAnswer: (attempt: number) => void;

  /** `onAnswer` hears of each attempt whose client has the answer. */
  constructor(
    selection: Selection,
    deployment: Deployment,
    plan: ComparisonPlan,
    onAnswer: (attempt: number) => void,
  ) {
    const { fleet, faults, topology } = deployment;
    this.#deployment = deployment;
    this.calibrated = deployment.calibrated;
    this.classes = deployment.classes && new Classes(deployment.classes, this.draw('clients/classes'));
    this.quota = plan.rules[0].quota;
    this.per = plan.rules[0].per;
    this.ttlUs = longestTtlUs(selection, plan);
    this.#createLimiter = (times) => createLimiter(selection, times === 1 ? plan : timesAsMuch(plan, times));
    this.#onAnswer = onAnswer;
    this.nodeCount = new NodeCount(fleet.nodes, this.loop, (node) => this.topology.restart(node));
    this.mostNodes = this.nodeCount.most;
    this.conditions = new Conditions(this.mostNodes);
    this.#underWay = new Uint32Array(this.mostNodes);
    this.#balancer = balancerFor(fleet.balance, this.draw('balance'));
    this.failOvers = faults.flatMap(({ name, params }) => (name === 'failover' ? Number(params.loses) : []));
    this.topology = topologies
      .find(({ name }) => name === topology.name)! // it was chosen from this list
      .create(topology.params, this);
    this.faults = new FaultSchedule(faults, this.loop, () => this.#scene());
  }

  /** An attempt arrives at the node that the load balancer chooses, now. */
  receive(attempt: number): void {
    const { attempts } = this;
    const place = attempt & attempts.mask;
    const node = this.#balancer(attempts.key[place], this.nodeCount.now, this.#underWay);
    attempts.node[place] = node;
    this.#underWay[node]++;
    this.nodeCount.count();
    this.topology.request(attempt, node);
  }

  answer(attempt: number): void {
    const place = attempt & this.attempts.mask;
    this.attempts.answered[place] = 1;
    this.#underWay[this.attempts.node[place]]--;
    this.#onAnswer(attempt);
  }

  /** Limiter state at all places together, for all keys that ever asked there. */
  get stateBytes(): number {
    return this.#deciders.reduce((bytes, decider) => bytes + decider.stateBytes, 0);
  }

  nodes(): number {
    return this.nodeCount.now;
  }

  draw(use: string): Draw {
    return stream(this.#deployment.seed, `deployment/${use}`);
  }

  network(delay: Times, use = 'network'): Network {
    return new Network(delay, this.conditions, this.draw(use), this.draw(`${use}/loss`));
  }

  decider({ slots, times = 1 }: Parameters<World['decider']>[0] = {}): Decider {
    const { limit, burst } = this.quota;
    const { classes } = this;
    const capacity = Math.min(limit, burst) * times;
    const decider = new Decider(this.attempts, () => this.#createLimiter(times), {
      slots,
      classes,
      capacity,
    });
    this.#deciders.push(decider);
    return decider;
  }

  #scene() {
    const { loop, conditions, topology, mostNodes } = this;
    return { nowUs: loop.nowUs, conditions, topology, mostNodes };
  }
}

/** The plan with limits `times` as high, for requests that weigh as many times what they cost. */
function timesAsMuch(plan: ComparisonPlan, times: number): ComparisonPlan {
  const rules = plan.rules.map((rule) => {
    const { limit, periodUs, burst } = rule.quota;
    return { ...rule, quota: { limit: limit * times, periodUs, burst: burst * times } };
  });
  return { ...plan, rules };
}
