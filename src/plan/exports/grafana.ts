import { PanelBuilder as BarGauge } from '@grafana/grafana-foundation-sdk/bargauge';
import {
  ReduceDataOptionsBuilder,
  VizLegendOptionsBuilder,
  VizOrientation,
} from '@grafana/grafana-foundation-sdk/common';
import { DashboardBuilder, DatasourceVariableBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as Heatmap, YAxisConfigBuilder } from '@grafana/grafana-foundation-sdk/heatmap';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import { indentedJson } from '../../indented-json.ts';
import { formatCount } from '../../units.ts';
import type { PlanResult } from '../result.ts';
import type { PlanExport } from './export.ts';

/** The variable by which a reader of the dashboard chooses among the sources of data. */
const chosen = 'datasource';
const source = { type: 'prometheus', uid: `\${${chosen}}` };
const size = { width: 8, height: 9 };

/** A dashboard of the metrics of `ratelimit serve` and of redis_exporter, as JSON to import. */
export const grafana: PlanExport = ({ load }, { asked }) => {
  const dashboard = new DashboardBuilder('Rate limiter')
    .uid('rate-limiter')
    .description(describe(asked))
    .tags(['rate-limiter'])
    .refresh('30s')
    .time({ from: 'now-1h', to: 'now' })
    .timezone('browser')
    .withVariable(new DatasourceVariableBuilder(chosen).label('Data source').type('prometheus'));
  for (const panel of [requests(), latency(), throttled(), pool(load.connections), cache(), errors()]) {
    dashboard.withPanel(panel.datasource(source).span(size.width).height(size.height));
  }
  return indentedJson(dashboard.build());
};

function describe({ limit, rate_per_s }: PlanResult['asked']): string {
  return `${limit} for each key, planned for ${formatCount(rate_per_s)} requests a second.`;
}

function query(expression: string, legend: string, refId = 'A') {
  return new DataqueryBuilder().refId(refId).expr(expression).legendFormat(legend);
}

function lines(title: string, unit: 'reqps' | 'percentunit') {
  return new TimeSeries()
    .title(title)
    .unit(unit)
    .min(0)
    .legend(new VizLegendOptionsBuilder().showLegend(true));
}

function requests() {
  return lines('QPS by status', 'reqps').withTarget(
    query('sum by (status) (rate(rate_limiter_requests_total[$__rate_interval]))', '{{status}}').range(),
  );
}

function latency() {
  const buckets = 'sum by (le) (increase(rate_limiter_latency_seconds_bucket[$__rate_interval]))';
  return new Heatmap()
    .title('Latency')
    .description('Decisions by how long they took, that of Redis included.')
    .calculate(false)
    .yAxis(new YAxisConfigBuilder().unit('s'))
    .withTarget(query(buckets, '{{le}}').format(PromQueryFormat.Heatmap).range());
}

function throttled() {
  const refused = 'sum by (tenant_id) (rate(rate_limiter_requests_total{status="refused"}[$__range]))';
  return new BarGauge()
    .title('Top throttled tenants')
    .description('Refused requests a second, over the time shown.')
    .unit('reqps')
    .orientation(VizOrientation.Horizontal)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .withTarget(query(`topk(10, ${refused})`, '{{tenant_id}}').instant());
}

function pool(planned: number) {
  return lines('Redis pool utilisation', 'percentunit')
    .description(`Connections of each node, of the ${planned} that were planned.`)
    .withTarget(query(`redis_connected_clients / ${planned}`, '{{instance}}').range());
}

function cache() {
  return lines('Cache hit ratio', 'percentunit')
    .description('Requests whose key the pod remembered.')
    .max(1)
    .withTarget(query('rate_limiter_cache_hit_ratio', '{{pod}}').range());
}

function errors() {
  const unreadable = 'sum(rate(rate_limiter_requests_total{status="invalid"}[$__rate_interval]))';
  const undecided = 'sum(rate(rate_limiter_redis_errors_total[$__rate_interval]))';
  return lines('Errors by type', 'reqps')
    .withTarget(query(unreadable, 'request could not be read').range())
    .withTarget(query(undecided, 'Redis did not decide', 'B').range());
}
