import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BalancedRecError } from '@balanced-rec/errors';
import type { BackboneName } from './backbone-name.js';

/** File contents by path. */
export type Files = ReadonlyMap<string, string>;

/** Renamed because npm omits a .gitignore when it packs and treats a nested package.json as an error. */
const packedAs: Readonly<Record<string, string>> = { gitignore: '.gitignore', 'manifest.json': 'package.json' };

/** One of this package's template folders: the part `shared` by all backbones, or the rest of a `standalone` project. */
export function ownTemplate(name: 'shared' | 'standalone'): string {
  return fileURLToPath(new URL(`../templates/${name}`, import.meta.url));
}

/**
 * Fills in a backbone's names in the files of template folders.
 * @param versions the version range for dependencies on our packages
 * @throws BalancedRecError `create/name-in-use` if the template's own code uses the name
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
    message: `the template's own code already uses the identifier "${identifier}"`,
    place: 'name',
    found: packageName,
    remedy: `choose another name, for example "${name}-recommender"`,
  });
}
