import type { BackboneDefinition } from '@balanced-rec/ckd-core';
import { BalancedRecError, nearestName } from '@balanced-rec/errors';
import { FLOORS } from '../floors/floors.js';
import { importPackage, type NamedPackage, notInstalled } from './import-package.js';

/** The names of the models without modalities that are built into this package. */
export const FLOOR_NAMES: readonly string[] = FLOORS.map(({ name }) => name);

/** The backbones of this project; third-party packages can be named as well. */
export const KNOWN_BACKBONES = ['vbpr', 'mmgcn', 'grcn', 'lattice', 'bm3', 'freedom'] as const;

/**
 * Finds a backbone by name, through a dynamic import of `@balanced-rec/<name>`, or of `packageName` for third-party backbones.
 * The package is resolved first from this one and then from the current folder, so users install only what they use.
 * @throws BalancedRecError `backbone/unknown`, `backbone/not-installed`, `backbone/broken-package`, `backbone/no-definition`
 */
export async function loadBackbone(
  name: string,
  packageName?: string,
  place = 'backbone name',
): Promise<BackboneDefinition> {
  const floor = packageName === undefined ? FLOORS.find((candidate) => candidate.name === name) : undefined;
  if (floor) return floor;
  const specifier = packageName ?? ownPackage(name, place);
  const named = { kind: 'backbone', name, specifier, place } as const;
  const exported = await importPackage(named);
  if (!exported) throw missingPackage(named);
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

/** A name may come from a model's folder, so it must not lead to any other package or to a path. */
function ownPackage(name: string, place: string): string {
  if (/^[a-z0-9][a-z0-9-]*$/i.test(name)) return `@balanced-rec/${name}`;
  throw unknownBackbone(name, place);
}

function missingPackage(named: NamedPackage): BalancedRecError {
  const { name, specifier, place } = named;
  const isSlip = specifier === `@balanced-rec/${name}` && !(KNOWN_BACKBONES as readonly string[]).includes(name);
  return isSlip ? unknownBackbone(name, place) : notInstalled(named);
}

function unknownBackbone(name: string, place: string): BalancedRecError {
  const nearest = nearestName(name, KNOWN_BACKBONES);
  return new BalancedRecError({
    code: 'backbone/unknown',
    message: `there is no backbone "${name}"`,
    place,
    expected: `one of: ${KNOWN_BACKBONES.join(', ')}, or a backbone with the "package" to import it from`,
    found: name,
    remedy: nearest ? `did you mean "${nearest}"?` : 'name one of these, or the package that exports it',
  });
}

function isDefinition(value: unknown): value is BackboneDefinition {
  const candidate = value as Partial<BackboneDefinition> | null;
  return typeof candidate?.create === 'function' && typeof candidate.parseConfig === 'function';
}
