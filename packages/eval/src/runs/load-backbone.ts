import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BackboneDefinition } from '@balanced-rec/ckd-core';
import { BalancedRecError, nearestName } from '@balanced-rec/errors';

/** The backbones of this project; any other package can be named as well. */
export const KNOWN_BACKBONES = ['vbpr', 'mmgcn', 'grcn', 'lattice', 'bm3', 'freedom'] as const;

/**
 * Finds a backbone by name, through a dynamic import of `@balanced-rec/<name>`, or of `packageName` for anybody else's.
 * The package is looked for beside this one and then from the current folder, so users install only what they use.
 * @throws BalancedRecError `backbone/unknown`, `backbone/not-installed`, `backbone/no-definition`
 */
export async function loadBackbone(name: string, packageName?: string, place?: string): Promise<BackboneDefinition> {
  const specifier = packageName ?? (name.includes('/') ? name : `@balanced-rec/${name}`);
  const exported = await importPackage(specifier).catch((cause: unknown) => {
    throw missingPackage(name, specifier, place, cause);
  });
  const definitions = Object.values(exported).filter(isDefinition);
  const definition = definitions.find((candidate) => candidate.name === name) ?? definitions[0];
  if (definition) return definition;
  throw new BalancedRecError({
    code: 'backbone/no-definition',
    message: `the package ${specifier} exports no backbone`,
    ...(place ? { place } : {}),
    expected: 'an export made with defineBackbone()',
    found: Object.keys(exported).join(', ') || 'no exports',
    remedy: 'export the definition from the package',
  });
}

async function importPackage(specifier: string): Promise<Record<string, unknown>> {
  try {
    return await import(specifier);
  } catch (error) {
    if (!isModuleNotFound(error)) throw error;
    const fromHere = createRequire(join(process.cwd(), 'package.json'));
    return import(pathToFileURL(fromHere.resolve(specifier)).href);
  }
}

function isModuleNotFound(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
}

function missingPackage(name: string, specifier: string, place: string | undefined, cause: unknown): unknown {
  if (!isModuleNotFound(cause)) return cause;
  const known = (KNOWN_BACKBONES as readonly string[]).includes(name);
  const nearest = nearestName(name, KNOWN_BACKBONES);
  return new BalancedRecError({
    code: known ? 'backbone/not-installed' : 'backbone/unknown',
    message: known ? `the backbone ${name} is not installed` : `there is no backbone "${name}"`,
    ...(place ? { place } : {}),
    expected: known ? `the package ${specifier}` : `one of: ${KNOWN_BACKBONES.join(', ')}, or an installed package`,
    found: known ? 'no such package here' : name,
    remedy: !known && nearest ? `did you mean "${nearest}"?` : `npm install ${specifier}`,
    cause,
  });
}

function isDefinition(value: unknown): value is BackboneDefinition {
  const candidate = value as Partial<BackboneDefinition> | null;
  return typeof candidate?.create === 'function' && typeof candidate.parseConfig === 'function';
}
