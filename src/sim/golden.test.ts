import { expect, test } from 'vitest';
import { InlineEngine } from './engine.ts';
import { prepare } from './prepare.ts';
import { run } from './run.ts';
import { loadScenario } from './scenario-file.ts';
import { allSelections } from './selection.ts';
import { withoutSpeed } from './testing/runs.ts';

/** Any figure that changes is seen here; `vitest -u` accepts it. */
test('the figures of edge-attack over 3 m', async () => {
  const loaded = await loadScenario('edge-attack');
  const { plan, source, seed, notes } = await prepare(loaded, {
    durationUs: 180e6,
    algorithms: allSelections(),
  });
  const engine = new InlineEngine(plan, 1000);
  const result = await run({ name: loaded.name, version: '0', seed, plan, source, engine, notes });
  const rows = withoutSpeed(result).results.map(({ timeline, ...figures }) => ({
    ...figures,
    // the buckets that are not empty, as `bucket: offered/admitted`
    timeline: timeline.offered.flatMap((offered, bucket) => {
      const admitted = timeline.admitted[bucket];
      return offered + admitted === 0 ? [] : [`${bucket}: ${offered}/${admitted}`];
    }),
  }));
  const text = JSON.stringify({ ...withoutSpeed(result), results: rows }, null, 2);
  await expect(`${text}\n`).toMatchFileSnapshot('testing/golden/edge-attack.txt');
});
