// The requests of data/*.csv: `due_us,key,cost` a line, where key is the line of data/keys.txt. Lines stay text in memory
// that all virtual users share, and are split when they are sent: a million of them take megabytes, not gigabytes.
import { SharedArray } from 'k6/data';

export function sharedLines(name, read) {
  return new SharedArray(name, () =>
    read()
      .split('\n')
      .filter((line) => line !== ''),
  );
}

/** Request `at` of a file; one that is shorter starts again. */
export function requestOf(lines, keys, at) {
  const [dueUs, key, cost] = lines[at % lines.length].split(',').map(Number);
  return { dueMs: dueUs / 1e3, key, name: JSON.parse(keys[key]), cost };
}
