import { builtinModules } from 'node:module';
import type { OwnNames, WorkspacePackage } from './packages.js';

const belowEval = 'errors interactions distributions files tfjs-kernels ckd-core datasets report models'.split(' ');
/** What each package that is not a backbone may import of ours; a package that is not here is a backbone. */
const foundations: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  interactions: [],
  distributions: [],
  files: ['errors'],
  'tfjs-kernels': ['errors'],
  'ckd-core': ['errors', 'files', 'interactions', 'distributions', 'tfjs-kernels'],
  datasets: ['errors', 'files', 'interactions'],
  prepare: ['errors', 'interactions', 'datasets'],
  features: ['errors', 'files', 'datasets'],
  serve: ['errors', 'ckd-core'],
  queue: ['errors', 'files'],
  'backbone-testkit': ['errors', 'interactions', 'tfjs-kernels', 'ckd-core', 'datasets'],
  'create-backbone': ['errors'],
  report: ['errors', 'files', 'distributions'],
  models: ['errors', 'files', 'interactions', 'tfjs-kernels', 'ckd-core', 'datasets'],
  eval: belowEval,
  'balanced-rec': [...belowEval, 'eval'],
};
/** Packages that are imported by a name only known when it runs, where a user has installed them: only their types are named. */
const optional: Readonly<Record<string, readonly string[]>> = {
  eval: ['queue'],
  'balanced-rec': ['prepare', 'features', 'serve', 'queue'],
};
/** Sources that a package bundles into a text of its own, so that their libraries are no dependencies of its users. */
const bundled: Readonly<Record<string, string>> = { report: 'src/page/' };
const forBackbones = ['errors', 'tfjs-kernels', 'ckd-core'];
const scope = '@balanced-rec/';

export function isBackbone({ name }: Pick<WorkspacePackage, 'name'>): boolean {
  return !Object.hasOwn(foundations, name);
}

/** Imports that point against the architecture, or at a package that is not declared. */
export function wrongArrows(workspacePackage: WorkspacePackage): string[] {
  const { name, manifest, imports } = workspacePackage;
  const allowed = foundations[name] ?? forBackbones;
  const declared = { ...manifest.dependencies, ...manifest.peerDependencies };
  const faults: string[] = [];
  for (const { file, specifier, typeOnly } of imports.flatMap((one) => resolved(one, manifest.imports))) {
    if (specifier.startsWith('.') || specifier.startsWith('node:')) continue;
    const target = packageOf(specifier);
    const place = `packages/${name}/${file} imports ${specifier}`;
    if (builtinModules.includes(target)) faults.push(`${place}: write node:${specifier}`);
    else if (typeOnly && optional[name]?.includes(target.slice(scope.length))) continue;
    else if (isOurs(target) && !allowed.includes(target.slice(scope.length)))
      faults.push(`${place}: ${name} may import only ${allowed.join(', ') || 'nothing'} of ours`);
    else if (!Object.hasOwn(isBundled(name, file) ? { ...manifest.devDependencies } : declared, target))
      faults.push(`${place}: its package.json does not declare ${target}`);
    if (name === 'datasets' && target.startsWith('@tensorflow/'))
      faults.push(`${place}: datasets does not load TensorFlow.js`);
  }
  return faults;
}

/** An import by a name of the package's own (`#name`), as what that may stand for. */
function resolved<Import extends { readonly specifier: string }>(one: Import, own: OwnNames = {}): Import[] {
  const targets = own[one.specifier];
  return targets ? Object.values(targets).map((specifier) => ({ ...one, specifier })) : [one];
}

/** Places where a package names a backbone in its code (comments are free to). */
export function namedBackbones({ name, sources }: WorkspacePackage, backbones: readonly string[]): string[] {
  return [...sources].flatMap(([file, text]) =>
    backbones
      .filter((backbone) => new RegExp(`['"\`](${scope})?${backbone}['"\`]`).test(text))
      .map((backbone) => `packages/${name}/${file} names the backbone ${backbone}`),
  );
}

/** All are of our scope but the command line, which nothing imports. */
function isOurs(target: string): boolean {
  return target.startsWith(scope) || target === 'balanced-rec';
}

function isBundled(name: string, file: string): boolean {
  return bundled[name] !== undefined && file.startsWith(bundled[name]);
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
