import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { noneCalled } from '../did-you-mean.ts';
import { UsageError } from '../errors.ts';
import { packageRoot } from '../package-root.ts';
import { checkedYaml, readYamlText } from '../yaml-text.ts';
import type { PlacedTopology } from './deployment/deployment.ts';
import { type Scenario, scenarioSchema } from './scenario.ts';

const tooMuch = 'a scenario; name recorded traffic with --trace';

/** A scenario and where it came from. */
export interface LoadedScenario {
  readonly name: string;
  readonly scenario: Scenario;
}

/** The folder of the scenarios that come with the program. */
export function shippedFolder(): string {
  return join(packageRoot(), 'scenarios');
}

export async function shippedNames(): Promise<string[]> {
  const files = await readdir(shippedFolder());
  return files
    .filter((file) => extname(file) === '.yaml')
    .map((file) => basename(file, '.yaml'))
    .sort();
}

/** Path of a shipped scenario, or of a file. Throws UsageError when there is neither. */
export async function findScenario(nameOrFile: string): Promise<string> {
  const names = await shippedNames();
  if (names.includes(nameOrFile)) return join(shippedFolder(), `${nameOrFile}.yaml`);
  const found = await stat(nameOrFile).catch(() => undefined);
  if (found?.isDirectory())
    throw new UsageError(`${nameOrFile}: is a folder; name a YAML file or a shipped scenario`);
  if (found) return nameOrFile;
  if (/[./\\]/.test(nameOrFile)) {
    throw new UsageError(
      `${nameOrFile}: no such scenario file; "ratelimit init ${nameOrFile}" writes one to start from`,
    );
  }
  throw new UsageError(noneCalled('scenario', nameOrFile, names, '"ratelimit scenarios" lists them'));
}

/** Reads and checks a scenario. Throws UsageError with file, line and field of everything that is wrong. */
export async function loadScenario(nameOrFile: string): Promise<LoadedScenario> {
  const file = await findScenario(nameOrFile);
  const scenario = parseScenario(await readYamlText(file, tooMuch), file);
  return {
    name: scenario.name ?? basename(file, extname(file)),
    scenario: withPaths(scenario, dirname(file)),
  };
}

/** Checks the text of a scenario; `file` is what messages call it. */
export function parseScenario(text: string, file: string): Scenario {
  const { value, lineOf } = checkedYaml(scenarioSchema, text, file);
  const expect = value.expect.map((expectation, at) => {
    return { ...expectation, place: { file, line: lineOf(['expect', at]) } };
  });
  return { ...value, expect };
}

/** Trace files and calibrations are meant from the folder of the scenario. */
function withPaths(scenario: Scenario, folder: string): Scenario {
  const { trace, topologies } = scenario;
  const files = trace?.files.map((file) => (file === '-' ? file : resolve(folder, file)));
  return {
    ...scenario,
    ...(trace && files && { trace: { ...trace, files } }),
    ...(topologies && { topologies: topologies.map((place) => withCalibrationFrom(place, folder)) }),
  };
}

function withCalibrationFrom(place: PlacedTopology, folder: string): PlacedTopology {
  const { params } = place.topology;
  if (typeof params.calibration !== 'string') return place;
  const calibration = resolve(folder, params.calibration);
  return { ...place, topology: { ...place.topology, params: { ...params, calibration } } };
}
