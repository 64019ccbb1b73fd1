import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface Installed {
  /** Packages of npm's tree, nested ones too. */
  readonly packages: number;
  /** Those of ours, without the scope where they have one, sorted. */
  readonly ours: readonly string[];
  /** The sizes of all files added up. */
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
