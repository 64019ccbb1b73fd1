import type { BackboneDefinition } from '@balanced-rec/ckd-core';
import { BalancedRecError, nearestName } from '@balanced-rec/errors';
import { matrixFactorization } from '../floors/matrix-factorization.js';
import { popularity } from '../floors/popularity.js';
import { importPackage } from './import-package.js';

/** Models without modalities, which come with this package. */
const floors: readonly BackboneDefinition[] = [popularity, matrixFactorization];

/** The backbones of this project; any other package can be named as well. */
export const KNOWN_BACKBONES = ['vbpr', 'mmgcn', 'grcn', 'lattice', 'bm3', 'freedom'] as const;

/**
 * Finds a backbone by name, through a dynamic import of `@balanced-rec/<name>`, or of `packageName` for anybody else's.
 * The package is looked for beside this one and then from the current folder, so users install only what they use.
 * @throws BalancedRecError `backbone/unknown`, `backbone/not-installed`, `backbone/broken-package`, `backbone/no-definition`
 */
export async function loadBackbone(
  name: string,
  packageName?: string,
  place = 'backbone name',
): Promise<BackboneDefinition> {
  const floor = packageName === undefined ? floors.find((candidate) => candidate.name === name) : undefined;
  if (floor) return floor;
  const specifier = packageName ?? (name.startsWith('@') ? name : `@balanced-rec/${name}`);
  const exported = await importPackage(specifier).catch((cause: unknown) => {
    throw brokenPackage(specifier, place, cause);
  });
  if (!exported) throw missingPackage(name, specifier, place);
  const definitions = Object.values(exported).filter(isDefinition);
  const definition = definitions.find((candidate) => candidate.name === name) ?? definitions[0];
  if (definition) return definition;
  throw new BalancedRecError({
    code: 'backbone/no-definition',
    message: `the package ${specifier} exports no backbone`,
    place,
    expected: 'an export made with defineBackbone()',
    found: Object.keys(exported).join(', ') || 'no exports',
    remedy: 'export the definition from the package',
  });
}

function missingPackage(name: string, specifier: string, place: string): BalancedRecError {
  const isSlip = specifier === `@balanced-rec/${name}` && !(KNOWN_BACKBONES as readonly string[]).includes(name);
  if (!isSlip) {
    return new BalancedRecError({
      code: 'backbone/not-installed',
      message: `the backbone ${name} is not installed`,
      place,
      expected: `the package ${specifier}`,
      found: `no such package beside balanced-rec or from ${process.cwd()}`,
      remedy: /^\.{0,2}[\\/]/.test(specifier) ? 'check the path' : `npm install ${specifier}`,
    });
  }
  const nearest = nearestName(name, KNOWN_BACKBONES);
  return new BalancedRecError({
    code: 'backbone/unknown',
    message: `there is no backbone "${name}"`,
    place,
    expected: `one of: ${KNOWN_BACKBONES.join(', ')}, or a backbone with the "package" to import it from`,
    found: name,
    remedy: nearest ? `did you mean "${nearest}"?` : 'name one of these, or the package that has it',
  });
}

function brokenPackage(specifier: string, place: string, cause: unknown): BalancedRecError {
  return new BalancedRecError({
    code: 'backbone/broken-package',
    message: `the package ${specifier} cannot be imported`,
    place,
    expected: 'a package that loads in Node.js',
    found: String(cause).split('\n')[0]!,
    remedy: 'mend the package, or install what it needs',
    cause,
  });
}

function isDefinition(value: unknown): value is BackboneDefinition {
  const candidate = value as Partial<BackboneDefinition> | null;
  return typeof candidate?.create === 'function' && typeof candidate.parseConfig === 'function';
}
