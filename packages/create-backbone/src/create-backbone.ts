import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { backboneName } from './backbone-name.js';
import { npmRegistry, refusePublished } from './npm-registry.js';
import { ownTemplate, renderTemplates } from './render-template.js';
import { refuseExisting, writeNewFolder } from './write-files.js';

/** Which package to create, and where. */
export interface CreateOptions {
  /** The name of the new npm package: `two-towers` or `@mine/two-towers`. */
  readonly packageName: string;
  /** The folder in which to create the package's folder, which is named after the package without its scope. */
  readonly parent: string;
  /** The registry to ask whether the name is taken. Defaults to the one npm is configured to use. */
  readonly registry?: string;
}

/** What {@link createBackbone} created. */
export interface Created {
  readonly folder: string;
  readonly name: string;
  /** False if the registry could not be asked whether the name is taken. */
  readonly nameIsFree: boolean;
}

/** All packages share one version, so the packages published with this one have the same version. */
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/**
 * Creates a standalone backbone project that depends on the published packages.
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
