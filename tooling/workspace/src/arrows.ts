import { builtinModules } from 'node:module';
import type { OwnNames, WorkspacePackage } from './packages.js';

const belowEval = 'errors interactions distributions files tfjs-kernels ckd-core datasets report models'.split(' ');
/** Which of our packages each package that is not a backbone may import. A package that is not listed is a backbone. */
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
/** Optional packages, imported at run time if the user has installed them. The code may only import their types. */
const optional: Readonly<Record<string, readonly string[]>> = {
  eval: ['queue'],
  'balanced-rec': ['prepare', 'features', 'serve', 'queue'],
};
/** Sources that a package bundles into a string, so that its users do not depend on the libraries these sources import. */
const bundled: Readonly<Record<string, string>> = { report: 'src/page/' };
const forBackbones = ['errors', 'tfjs-kernels', 'ckd-core'];
const scope = '@balanced-rec/';

export function isBackbone({ name }: Pick<WorkspacePackage, 'name'>): boolean {
  return !Object.hasOwn(foundations, name);
}

/** Imports that violate the architecture or use an undeclared package. */
export function wrongArrows(workspacePackage: WorkspacePackage): string[] {
  const { name, manifest, imports } = workspacePackage;
  const allowed = foundations[name] ?? forBackbones;
  const declared = { ...manifest.dependencies, ...manifest.peerDependencies };
  const faults: string[] = [];
  for (const { file, specifier, typeOnly } of imports.flatMap((one) => resolved(one, manifest.imports))) {
    if (specifier.startsWith('.') || specifier.startsWith('node:')) continue;
    const target = packageOf(specifier);
    const place = `packages/${name}/${file} imports ${specifier}`;
    if (builtinModules.includes(target)) faults.push(`${place}: write node:${specifier} instead`);
    else if (typeOnly && optional[name]?.includes(target.slice(scope.length))) continue;
    else if (isOurs(target) && !allowed.includes(target.slice(scope.length)))
      faults.push(`${place}: of our packages, ${name} may import only ${allowed.join(', ') || 'none'}`);
    else if (!Object.hasOwn(isBundled(name, file) ? { ...manifest.devDependencies } : declared, target))
      faults.push(`${place}: its package.json does not declare ${target}`);
    if (name === 'datasets' && target.startsWith('@tensorflow/'))
      faults.push(`${place}: datasets must not load TensorFlow.js`);
  }
  return faults;
}

/** Resolves an import through the package's own names (`#name`) to everything it may stand for. */
function resolved<Import extends { readonly specifier: string }>(one: Import, own: OwnNames = {}): Import[] {
  const targets = own[one.specifier];
  return targets ? Object.values(targets).map((specifier) => ({ ...one, specifier })) : [one];
}

/** Places where a package names a backbone in a string literal. Comments may do so. */
export function namedBackbones({ name, sources }: WorkspacePackage, backbones: readonly string[]): string[] {
  return [...sources].flatMap(([file, text]) =>
    backbones
      .filter((backbone) => new RegExp(`['"\`](${scope})?${backbone}['"\`]`).test(text))
      .map((backbone) => `packages/${name}/${file} names the backbone ${backbone}`),
  );
}

/** All our packages are in our scope except the command line, which nothing imports. */
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
