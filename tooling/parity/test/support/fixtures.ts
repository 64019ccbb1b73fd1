import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repoRoot = resolve(fileURLToPath(new URL('../../../..', import.meta.url)));

/** The folder of the reference's numbers, next to the repository. */
export const fixturesFolder = resolve(repoRoot, '..', 'shared', 'fixtures');

export const fixtureNames: readonly string[] = existsSync(fixturesFolder)
  ? readdirSync(fixturesFolder).filter((name) => name.endsWith('.json'))
  : [];

export function fixturePath(name: string): string {
  return join(fixturesFolder, name);
}
