import type { Store } from '../../stores/store.ts';
import type { Calibration } from '../calibration.ts';
import { latencyFigures } from '../latency-figures.ts';
import type { LatencyFigures } from '../result.ts';
import { scenarioSchema } from '../scenario.ts';
import { modelledLatency } from '../store-model.ts';
import { compareOnStore } from './compare-on-store.ts';

/** Shares of saturation at which the model is held against the store. */
export const loads = [0.3, 0.5, 0.7, 0.85] as const;

export interface ModelCheck {
  /** Offered rate over saturation. */
  readonly load: number;
  readonly rate_per_s: number;
  readonly requests: number;
  /** From the instant at which a request was due. */
  readonly real: LatencyFigures;
  /** From sending: the store without what the generator was late by. */
  readonly answer: LatencyFigures;
  readonly model: LatencyFigures;
  /** How late the requests themselves were sent: above the latency's own size the generator is what was measured. */
  readonly schedule_slip: LatencyFigures;
}

export interface ValidateOptions {
  readonly version: string;
  readonly store: Store;
  readonly prefix: string;
  readonly calibration: Calibration;
  readonly seconds: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly onLoad: (load: number) => void;
}

/**
 * Sends Poisson traffic at several loads to the store, each request at its instant, and asks the model for the same: how
 * long decisions take. The first row of the calibration is what decides.
 */
export async function validateModel(options: ValidateOptions): Promise<ModelCheck[]> {
  const { calibration, seconds, seed, signal, onLoad } = options;
  const checks: ModelCheck[] = [];
  for (const load of loads) {
    if (signal.aborted) break;
    onLoad(load);
    const ratePerSecond = Math.round(calibration.rows[0].saturation_per_s * load);
    const real = await measure(options, ratePerSecond, `${options.prefix}${load}:`);
    if (!real) break;
    const model = modelledLatency(calibration.rows[0], ratePerSecond, ratePerSecond * seconds, seed);
    checks.push({ load, rate_per_s: ratePerSecond, ...real, model: latencyFigures(model)! }); // it has requests
  }
  return checks;
}

async function measure(
  { version, store, calibration, seconds, seed, signal }: ValidateOptions,
  ratePerSecond: number,
  prefix: string,
): Promise<Pick<ModelCheck, 'requests' | 'real' | 'answer' | 'schedule_slip'> | undefined> {
  const [{ algorithm, variant, params }] = calibration.rows;
  const scenario = scenarioSchema.parse({
    limit: calibration.limit,
    duration: `${seconds}s`,
    streams: [
      {
        arrivals: { model: 'poisson', rate: `${ratePerSecond}/s` },
        keys: { model: 'uniform', count: '20k' },
        durations: '1ms',
      },
    ],
  });
  const { results, traffic, partial } = await compareOnStore(
    { name: 'validate-model', scenario },
    { seed, algorithms: [{ algorithm, variant, params }] },
    {
      version,
      store,
      prefix,
      live: {
        clock: { kind: 'wall', speed: 1 },
        inFlight: 10_000,
        connections: 1,
        onStoreError: 'closed',
        awaitStoreMs: 0,
      },
      signal,
      onProgress: () => {},
    },
  );
  const { decision_latency: real, answer_latency: answer, schedule_slip } = results[0].live!; // a row on a store has it
  if (partial || !real || !answer || !schedule_slip) return undefined;
  return { requests: traffic.requests, real, answer, schedule_slip };
}
