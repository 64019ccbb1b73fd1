import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BalancedRecError } from '@balanced-rec/errors';

/** `import`, bound to one module. */
export type ImportFunction = (specifier: string) => Promise<Record<string, unknown>>;

/** A package that was named, and what for. */
export interface NamedPackage {
  readonly kind: 'backbone' | 'variant' | 'encoder' | 'features' | 'prepare' | 'queue' | 'serve';
  readonly name: string;
  readonly specifier: string;
  readonly place: string;
}

/**
 * Imports a package that is installed next to the caller or else in the current folder. A path, such as `./mine.js`, is relative to the
 * current folder.
 * @param importBeside the `import` of the caller's own module: Node.js resolves a name from the file that imports it
 * @returns its exports, or undefined if there is no such package; {@link notInstalled} is the error to throw then
 * @throws BalancedRecError `<kind>/broken-package` if the package itself fails to load
 */
export async function importPackage(
  named: NamedPackage,
  importBeside: ImportFunction = (specifier) => import(specifier),
): Promise<Record<string, unknown> | undefined> {
  try {
    return await importBesideOrHere(named.specifier, importBeside);
  } catch (cause) {
    throw brokenPackage(named, cause);
  }
}

/** The error for a package that is not installed. */
export function notInstalled({ kind, name, specifier, place }: NamedPackage): BalancedRecError {
  return new BalancedRecError({
    code: `${kind}/not-installed`,
    message: `the ${kind} ${name} is not installed`,
    place,
    expected: `the package ${specifier}`,
    found: `no such package next to balanced-rec or from ${process.cwd()}`,
    remedy: isPath(specifier) ? 'check the path' : `npm install ${specifier}`,
  });
}

async function importBesideOrHere(
  specifier: string,
  importBeside: ImportFunction,
): Promise<Record<string, unknown> | undefined> {
  if (!isPath(specifier)) {
    try {
      return await importBeside(specifier);
    } catch (error) {
      if (!isAbsent(specifier, error)) throw error;
    }
  }
  const file = resolveFromCurrentFolder(specifier);
  return file === undefined ? undefined : import(pathToFileURL(file).href);
}

function isPath(specifier: string): boolean {
  return /^\.{0,2}[\\/]/.test(specifier);
}

function resolveFromCurrentFolder(specifier: string): string | undefined {
  const fromHere = createRequire(join(process.cwd(), 'package.json'));
  try {
    return fromHere.resolve(specifier);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'MODULE_NOT_FOUND') return undefined;
    if (code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED') throw error;
  }
  // `require` does not see what a package exports only for `import`.
  const folder = (fromHere.resolve.paths(specifier) ?? [])
    .map((modules) => join(modules, specifier))
    .find((candidate) => existsSync(join(candidate, 'package.json')));
  const entry = folder && importEntry(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).exports);
  return entry ? join(folder, entry) : undefined;
}

/** The main entry of a package.json's `exports`, for `import`. */
function importEntry(exported: unknown): string | undefined {
  if (typeof exported === 'string') return exported;
  if (exported === null || typeof exported !== 'object') return undefined;
  if ('.' in exported) return importEntry(exported['.']);
  const conditions = Object.entries(exported).filter(([condition]) => /^(node|import|default)$/.test(condition));
  return conditions.map(([, inner]) => importEntry(inner)).find((entry) => entry !== undefined);
}

/** Whether this package itself is missing, rather than one of its dependencies. */
function isAbsent(specifier: string, error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  return code === 'ERR_MODULE_NOT_FOUND' && message.includes(`'${name}'`);
}

function brokenPackage({ kind, specifier, place }: NamedPackage, cause: unknown): BalancedRecError {
  return new BalancedRecError({
    code: `${kind}/broken-package`,
    message: `the package ${specifier} cannot be imported`,
    place,
    expected: 'a package that loads in Node.js',
    found: String(cause).split('\n')[0]!,
    remedy: 'fix the package, or install what it needs',
    cause,
  });
}
