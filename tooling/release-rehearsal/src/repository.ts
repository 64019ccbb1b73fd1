import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly packageManager?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** The folders of the published packages in a checkout. */
export function packageFolders(checkout: string): string[] {
  return readdirSync(join(checkout, 'packages')).map((name) => join(checkout, 'packages', name));
}

/** @throws Error naming the packages that have not been built */
export function requireBuilt(): void {
  const missing = packageFolders(root).filter((folder) => !existsSync(join(folder, 'dist/index.js')));
  if (missing.length > 0) throw new Error(`not built: ${missing.join(', ')}; run pnpm build first`);
}
