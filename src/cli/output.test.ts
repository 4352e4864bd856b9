import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refuseOverwriting } from './output.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ratelimit-output-'));
  await writeFile(join(folder, 'log.csv'), '');
  await symlink('log.csv', join(folder, 'link.csv'));
});
afterAll(() => rm(folder, { recursive: true }));

test.each([
  ['its name', (file: string) => file],
  ['a relative name', (file: string) => relative('.', file)],
  ['a link to it', (file: string) => file.replace('log.csv', 'link.csv')],
])('a file that is read is not written over under %s', async (_, spelled) => {
  const file = join(folder, 'log.csv');
  const output = spelled(file);
  await expect(refuseOverwriting(['-', file], ['other.md', output])).rejects.toThrow(
    `--output ${output}: is read as well, and would be lost; name another file`,
  );
});

test('others are', () => refuseOverwriting(['-', join(folder, 'log.csv')], [join(folder, 'log.md')]));
