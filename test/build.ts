import { execFileSync } from 'node:child_process';

/** Bundles the program once before the tests, so that they never run yesterday's. */
export default function setup(): void {
  execFileSync(process.execPath, ['build.mjs'], { stdio: 'inherit' });
}
