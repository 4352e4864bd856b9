import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Where a program that a test needs lies: the first of the names that is on the PATH. Throws with the Debian package to
 * install, since a test that is skipped proves nothing.
 */
export function tool(names: readonly string[], debianPackage: string): string {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
  if (found === undefined) {
    throw new Error(`this test needs ${names.join(' or ')} on the PATH: apt-get install ${debianPackage}`);
  }
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
