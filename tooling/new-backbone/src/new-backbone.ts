import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  backboneName,
  ownTemplate,
  refuseExisting,
  renderTemplates,
  writeNewFolder,
} from '@balanced-rec/create-backbone';
import { BalancedRecError } from '@balanced-rec/errors';

const template = fileURLToPath(new URL('../template', import.meta.url));

/**
 * Creates the package `packages/<name>` in a workspace, and the changeset that announces it.
 * @param workspace the repository's folder
 * @returns the paths of both, relative to the workspace
 * @throws BalancedRecError `create/bad-name`, `create/name-in-use`, `create/folder-exists`, `create/no-workspace`
 */
export async function newBackbone(name: string, workspace: string): Promise<string[]> {
  if (!existsSync(join(workspace, 'pnpm-workspace.yaml'))) throw noWorkspace(workspace);
  const named = backboneName(`@balanced-rec/${name}`);
  const folder = join('packages', named.name);
  const changeset = join('.changeset', `new-backbone-${named.name}.md`);
  const files = renderTemplates([ownTemplate('shared'), template], named, 'workspace:^');
  for (const path of [folder, changeset]) refuseExisting(join(workspace, path));
  await writeNewFolder(join(workspace, folder), files);
  try {
    await writeFile(join(workspace, changeset), announcement(named.packageName), { flag: 'wx' });
  } catch (error) {
    await rm(join(workspace, folder), { recursive: true });
    throw error;
  }
  return [folder, changeset];
}

function announcement(packageName: string): string {
  return `---\n"${packageName}": minor\n---\n\n${packageName}: a new backbone. Describe it here in terms its users know.\n`;
}

function noWorkspace(place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'create/no-workspace',
    message: 'this folder is not the repository',
    place,
    expected: 'a folder with pnpm-workspace.yaml',
    remedy: 'to create a standalone project, run npm create @balanced-rec/backbone NAME',
  });
}
