import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { backboneName } from './backbone-name.js';
import { npmRegistry, refusePublished } from './npm-registry.js';
import { ownTemplate, renderTemplates } from './render-template.js';
import { refuseExisting, writeNewFolder } from './write-files.js';

/** Which package to make, and where. */
export interface CreateOptions {
  /** The npm package to be: `two-towers` or `@mine/two-towers`. */
  readonly packageName: string;
  /** Where its folder, named like the package without its scope, is made. */
  readonly parent: string;
  /** Where to ask whether the name is taken; the one that npm is set to by default. */
  readonly registry?: string;
}

/** What {@link createBackbone} made. */
export interface Created {
  readonly folder: string;
  readonly name: string;
  /** False where the registry could not be asked whether the name is taken. */
  readonly nameIsFree: boolean;
}

/** All packages share one version, so what was published with this one has the same. */
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/**
 * Makes a project of its own for a backbone, which depends on the published packages.
 * @throws BalancedRecError `create/bad-name`, `create/name-in-use`, `create/name-taken`, `create/folder-exists`
 */
export async function createBackbone(options: CreateOptions): Promise<Created> {
  const { packageName, parent, registry } = options;
  const named = backboneName(packageName);
  const folder = join(parent, named.name);
  const files = renderTemplates([ownTemplate('shared'), ownTemplate('standalone')], named, `^${version}`);
  refuseExisting(folder);
  const nameIsFree = await refusePublished(packageName, registry ?? (await npmRegistry()));
  await writeNewFolder(folder, files);
  return { folder, name: named.name, nameIsFree };
}
