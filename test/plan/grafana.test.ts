import type { Dashboard, Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Dataquery } from '@grafana/grafana-foundation-sdk/prometheus';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { TestService } from '../cli/service.ts';
import { exported } from './exported.ts';
import { wrongWith } from './promtool.ts';

let panels: readonly Panel[];
let service: TestService;
beforeAll(async () => {
  const dashboard: Dashboard = JSON.parse(await exported('grafana'));
  panels = dashboard.panels as Panel[]; // it has no rows
  service = await TestService.start(['--algorithm', 'gcra', '--limit', '1/1m']);
});
afterAll(() => service?.stop());

const queries = () => panels.flatMap(({ targets = [] }) => targets as Dataquery[]);

test('six panels, side by side in two rows, each asking the data source that is chosen', () => {
  expect(panels.map(({ title, type }) => [title, type])).toEqual([
    ['QPS by status', 'timeseries'],
    ['Latency', 'heatmap'],
    ['Top throttled tenants', 'bargauge'],
    ['Redis pool utilisation', 'timeseries'],
    ['Cache hit ratio', 'timeseries'],
    ['Errors by type', 'timeseries'],
  ]);
  expect(panels.map(({ gridPos }) => [gridPos!.x, gridPos!.y])).toEqual([
    ...[0, 8, 16].map((x) => [x, 0]),
    ...[0, 8, 16].map((x) => [x, 9]),
  ]);
  for (const { datasource } of panels) {
    expect(datasource).toEqual({ type: 'prometheus', uid: expect.stringMatching(/^\$\{datasource\}$/) });
  }
});

test('promtool finds nothing wrong with the expressions', () => {
  expect(queries()).toHaveLength(7);
  const rules = queries().map(({ expr }, at) => ({
    record: `panel:${at}`,
    expr: expr.replace(/\$__(rate_interval|range)/g, '5m'),
  }));
  expect(wrongWith(stringify({ groups: [{ name: 'dashboard', rules }] }))).toBe('');
});

test('every metric is one that the service has, or redis_exporter', async () => {
  await service.check({ key: 'ann' });
  const offered = await (await service.get('/metrics')).text();
  const names = queries().flatMap(({ expr }) => expr.match(/\b(rate_limiter|redis)_\w+/g)!);
  expect(names).toContain('rate_limiter_latency_seconds_bucket');
  for (const name of new Set(names)) {
    if (name !== 'redis_connected_clients') expect(offered).toMatch(new RegExp(`^${name}(\\{| )`, 'm'));
  }
});
