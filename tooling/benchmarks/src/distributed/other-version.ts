import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../../../', import.meta.url));

/** Copies the packages, giving one of them a different version, and links the dependencies of this checkout. */
export async function otherVersion(folder: string): Promise<string> {
  await cp(join(repository, 'packages'), join(folder, 'packages'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !['dist', 'test', '.turbo'].includes(basename(path)),
  });
  for (const name of ['node_modules', 'tooling', 'package.json'])
    await symlink(join(repository, name), join(folder, name));
  const manifest = join(folder, 'packages/ckd-core/package.json');
  const text = await readFile(manifest, 'utf8');
  await writeFile(manifest, text.replace(/"version": "[^"]*"/, '"version": "999.0.0"'));
  return folder;
}
