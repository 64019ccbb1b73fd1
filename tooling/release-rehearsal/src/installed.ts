import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface Installed {
  /** The number of packages in npm's tree, including nested ones. */
  readonly packages: number;
  /** The names of our own packages among them, without their scope, sorted. */
  readonly ours: readonly string[];
  /** The total size of all files. */
  readonly bytes: number;
}

/** What npm has installed into a folder. */
export function readInstalled(folder: string): Installed {
  const modules = join(folder, 'node_modules');
  const { packages } = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8')) as { packages: object };
  const places = Object.keys(packages);
  const named = places.map((place) => /(?<=node_modules\/)(?:@balanced-rec\/[^/]+|balanced-rec)$/.exec(place)?.[0]);
  const files = readdirSync(modules, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return {
    packages: places.length,
    ours: named.flatMap((name) => name?.replace('@balanced-rec/', '') ?? []).sort(),
    bytes: files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0),
  };
}
