import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const isSource = import.meta.url.endsWith('.ts');

/** This package's folder, from its sources and from its build alike. */
export function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** A module of this package that is run in a process of its own; `name` counts from `src`, without the extension. */
export function moduleFile(name: string): string {
  return join(packageFolder(), isSource ? `src/${name}.ts` : `dist/${name}.js`);
}
