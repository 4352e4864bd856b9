/** What a plan can be written as, for those who put it into production; each is loaded when it is asked for. */
import type { PlanExport } from './export.ts';

/** By the names that `--export` takes. */
export const planExports = {
  'redis.conf': async () => (await import('./redis-conf.ts')).redisConf,
  terraform: async () => (await import('./terraform.ts')).terraform,
  kubernetes: async () => (await import('./kubernetes.ts')).kubernetes,
  'prometheus-rules': async () => (await import('./prometheus-rules.ts')).prometheusRules,
  grafana: async () => (await import('./grafana.ts')).grafana,
} satisfies Record<string, () => Promise<PlanExport>>;

export type PlanExportName = keyof typeof planExports;

export const planExportNames = Object.keys(planExports) as PlanExportName[]; // the keys just written
