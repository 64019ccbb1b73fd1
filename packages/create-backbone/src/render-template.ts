import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BalancedRecError } from '@balanced-rec/errors';
import type { BackboneName } from './backbone-name.js';

/** Texts by path. */
export type Files = ReadonlyMap<string, string>;

/** npm leaves out a .gitignore when it packs, and takes a nested package.json for a fault. */
const packedAs: Readonly<Record<string, string>> = { gitignore: '.gitignore', 'manifest.json': 'package.json' };

/** A folder of this package's templates: `shared` by all backbones, or of a `standalone` project. */
export function ownTemplate(name: 'shared' | 'standalone'): string {
  return fileURLToPath(new URL(`../templates/${name}`, import.meta.url));
}

/**
 * The files of template folders with a backbone's names put in; `versions` is what depends on ours.
 * @throws BalancedRecError `create/name-in-use` where the template's own code needs the name
 */
export function renderTemplates(folders: readonly string[], name: BackboneName, versions: string): Files {
  const files = new Map<string, string>();
  for (const folder of folders) {
    for (const path of filesIn(folder)) {
      const text = readFileSync(join(folder, path), 'utf8');
      if (path.startsWith('src')) refuseWordsOf(text, name);
      files.set(packedAs[path] ?? put(path, name, versions), put(text, name, versions));
    }
  }
  return files;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

function put(text: string, { packageName, name, identifier, typeName }: BackboneName, versions: string): string {
  return text
    .replaceAll('my-package', packageName)
    .replaceAll('my-backbone', name)
    .replaceAll('myBackbone', identifier)
    .replaceAll('MyBackbone', typeName)
    .replaceAll('0.0.0-ours', versions);
}

function refuseWordsOf(code: string, { name, identifier, packageName }: BackboneName): void {
  const words = code
    .replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    .replaceAll('myBackbone', '')
    .split(/[^\w$]+/);
  if (!words.includes(identifier)) return;
  throw new BalancedRecError({
    code: 'create/name-in-use',
    message: `the code that the backbone starts from uses the word "${identifier}"`,
    place: 'name',
    found: packageName,
    remedy: `for example "${name}-recommender"`,
  });
}
