import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.js';

/** An import specifier of a published package, and its source. */
export interface EntryPoint {
  /** `@balanced-rec/ckd-core/node` */
  readonly specifier: string;
  /** The package it belongs to. */
  readonly packageName: string;
  readonly description: string;
  /** The source file. */
  readonly file: string;
}

/** The entry points of every published package, from the `exports` in its manifest. */
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
