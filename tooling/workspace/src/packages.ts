import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A package's internal import names (`imports` in package.json): by name, then by condition. */
export type OwnNames = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly description?: string;
  readonly license?: string;
  readonly engines?: { readonly node?: string };
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly imports?: OwnNames;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly publishConfig?: { readonly access?: string };
}

/** An import statement of a source file. */
export interface Import {
  /** The importing file, relative to the package's folder. */
  readonly file: string;
  readonly specifier: string;
  /** `import type` and `export type`, which do not exist at run time. */
  readonly typeOnly: boolean;
  /** `import(...)`, which loads only when it is reached. */
  readonly dynamic: boolean;
}

export interface WorkspacePackage {
  /** The name without its scope (`balanced-rec` has none), which is also the name of its folder. */
  readonly name: string;
  readonly folder: string;
  readonly manifest: Manifest;
  /** The contents of `src/**`, by path relative to the package's folder. */
  readonly sources: ReadonlyMap<string, string>;
  /** The sources through which others reach the package: those named in `exports` and `bin`, and those tsup builds as separate files. */
  readonly entries: readonly string[];
  readonly imports: readonly Import[];
}

/** The published packages. */
export function readPackages(): WorkspacePackage[] {
  const packages = join(root, 'packages');
  return readdirSync(packages).map((name) => readPackage(name, join(packages, name)));
}

function readPackage(name: string, folder: string): WorkspacePackage {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const files = readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => `src/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.ts'))
    .sort();
  const sources = new Map(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
  const imports = [...sources].flatMap(([file, text]) => importsOf(file, text));
  return { name, folder, manifest, sources, entries: entriesOf(folder, manifest), imports };
}

function entriesOf(folder: string, { exports, bin }: Manifest): string[] {
  const build = join(folder, 'tsup.config.ts');
  const named = JSON.stringify([exports, bin]) + (existsSync(build) ? readFileSync(build, 'utf8') : '');
  return [...new Set([...named.matchAll(/["'](?:\.\/)?(src\/[^"']+\.ts)["']/g)].map(([, file]) => file!))];
}

function importsOf(file: string, text: string): Import[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const statements = [...code.matchAll(/^(?:import|export)\s+(type\s)?(?:[\w*{}\s,$]*?\sfrom\s+)?'([^']+)'/gm)];
  const calls = [...code.matchAll(/\bimport\(\s*'([^']+)'\s*\)/g)];
  return [
    ...statements.map(([, type, specifier]) => ({
      file,
      specifier: specifier!,
      typeOnly: type !== undefined,
      dynamic: false,
    })),
    ...calls.map(([, specifier]) => ({ file, specifier: specifier!, typeOnly: false, dynamic: true })),
  ];
}
