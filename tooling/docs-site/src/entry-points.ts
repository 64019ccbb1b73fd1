import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.js';

/** What can be imported from a published package: the specifier and its source. */
export interface EntryPoint {
  /** `@balanced-rec/ckd-core/node` */
  readonly specifier: string;
  /** The package that it is of. */
  readonly packageName: string;
  readonly description: string;
  /** The source file. */
  readonly file: string;
}

/** Those of every published package, as the `exports` of its manifest have them. */
export function entryPoints(): EntryPoint[] {
  const packages = join(root, 'packages');
  return readdirSync(packages).flatMap((folder) => {
    const manifest = JSON.parse(readFileSync(join(packages, folder, 'package.json'), 'utf8'));
    return Object.entries<string | { readonly '@balanced-rec/source': string }>(manifest.exports).flatMap(
      ([path, target]) => {
        if (typeof target === 'string') return [];
        const file = join(packages, folder, target['@balanced-rec/source']);
        const { name: packageName, description } = manifest;
        return [{ specifier: `${packageName}${path.slice(1)}`, packageName, description, file }];
      },
    );
  });
}
