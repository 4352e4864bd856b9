import type { PlanExport } from './export.ts';

/** Alerts on the metrics of `ratelimit serve` and of redis_exporter, and the rate of each pod that an autoscaler reads. */
export const prometheusRules: PlanExport = (_, { asked }) => `groups:
  - name: rate-limiter
    rules:
      # For the HorizontalPodAutoscaler, through an adapter for metrics of pods. Namespace and pod come from scraping.
      - record: rate_limiter_qps
        expr: sum by (namespace, pod) (rate(rate_limiter_requests_total[1m]))

      # Of what was decided; requests that could not be read are neither.
      - alert: HighRejectionRate
        expr: |
          sum(rate(rate_limiter_requests_total{status="refused"}[5m]))
            / sum(rate(rate_limiter_requests_total{status=~"allowed|refused"}[5m])) > 0.15
        for: 5m
        labels:
          severity: warning
        annotations:
          summary: '{{ $value | humanizePercentage }} of all requests are refused'
          description: A client runs wild, or the limit ${asked.limit} is too low. The dashboard shows whose requests are refused.

      - alert: HighLatency
        expr: histogram_quantile(0.99, sum by (le) (rate(rate_limiter_latency_seconds_bucket[2m]))) > 0.005
        for: 2m
        labels:
          severity: warning
        annotations:
          summary: 'A decision takes {{ $value | humanizeDuration }} at the 99th percentile'
          description: Redis or the service is near its limit, or the network between them is slow.

      # redis_exporter still answers, and Redis does not answer it.
      - alert: RedisDown
        expr: redis_up == 0
        for: 1m
        labels:
          severity: critical
        annotations:
          summary: 'Redis {{ $labels.instance }} is down'
          description: The service decides by its --on-store-error until a replica has taken over.

      # The plan that this file was written with was made for so many.
      - alert: TrafficAbovePlan
        expr: sum(rate(rate_limiter_requests_total[5m])) > ${asked.rate_per_s}
        for: 10m
        labels:
          severity: warning
        annotations:
          summary: '{{ $value | humanize }} requests a second, and the plan was made for ${asked.rate_per_s}'
          description: Plan again with --rps as it is now.
`;
