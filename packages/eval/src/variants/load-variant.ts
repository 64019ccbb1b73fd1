import { BalancedRecError, nearestName } from '@balanced-rec/errors';
import { importPackage, notInstalled } from '@balanced-rec/models';
import { builtInVariants } from './built-in-variants.js';
import type { Variant } from './variant.js';

/** A reference to a variant in a comparison. */
export interface VariantReference {
  readonly name: string;
  /** The package to import it from, for a third-party variant. */
  readonly package?: string | undefined;
}

/** The names of the built-in variants for given modalities. */
export function variantNames(modalities: readonly string[]): string[] {
  return builtInVariants(modalities).map(({ name }) => name);
}

/** Expands the shorthand `only` to each of the dataset's modalities alone; other names stand for themselves. */
export function expandVariant(name: string, modalities: readonly string[]): readonly string[] {
  return name === 'only' ? modalities.map((m) => `only:${m}`) : [name];
}

/**
 * Loads a variant by name: a built-in one, or a third-party one from its package.
 * @throws BalancedRecError `variant/unknown`, `variant/name-taken`, and what importing the package throws
 */
export async function loadVariant(
  { name, package: from }: VariantReference,
  modalities: readonly string[],
  place?: string,
): Promise<Variant> {
  const builtIn = builtInVariants(modalities).find((candidate) => candidate.name === name);
  if (from === undefined) {
    if (builtIn) return builtIn;
    throw unknownVariant(name, variantNames(modalities), place);
  }
  const variant = await importVariant(name, from, place);
  if (!builtIn) return variant;
  // Runs, teachers and tables are identified by name, so one name must not mean two things.
  throw new BalancedRecError({
    code: 'variant/name-taken',
    message: `the variant "${name}" of ${from} has the name of a built-in variant`,
    place,
    expected: 'a different name',
    found: name,
    remedy: 'rename it in the package',
  });
}

function unknownVariant(name: string, known: readonly string[], place?: string): BalancedRecError {
  const nearest = nearestName(name, known);
  return new BalancedRecError({
    code: 'variant/unknown',
    message: `there is no variant "${name}"`,
    place,
    expected: `one of: ${known.join(', ')}`,
    found: name,
    remedy: nearest ? `did you mean "${nearest}"?` : 'name one of these variants, or the package that exports it',
  });
}

/**
 * Loads a variant, and makes sure that it makes sense on the dataset.
 * @throws BalancedRecError what {@link loadVariant} throws, `distill/one-modality`
 */
export async function checkVariant(
  reference: VariantReference,
  { name: dataset, modalities }: { readonly name: string; readonly modalities: readonly string[] },
  place: string,
): Promise<Variant> {
  const variant = await loadVariant(reference, modalities, `${place}, dataset ${dataset}`);
  if (!variant.balances || modalities.length > 1) return variant;
  throw new BalancedRecError({
    code: 'distill/one-modality',
    message: `dataset ${dataset} has a single modality, so there is nothing for ${variant.name} to balance`,
    place,
    expected: 'two modalities or more',
    found: modalities.join(', '),
    remedy: 'add the features of another modality, or train only plain variants',
  });
}

/**
 * Imports a third-party variant from a package, or from a file by its path.
 * @throws BalancedRecError `variant/not-installed`, `variant/broken-package`, `variant/no-definition`
 */
export async function importVariant(name: string, specifier: string, place = 'variant'): Promise<Variant> {
  const named = { kind: 'variant', name, specifier, place } as const;
  const exported = await importPackage(named);
  if (!exported) throw notInstalled(named);
  const variants = Object.values(exported).filter(isVariant);
  const variant = variants.find((candidate) => candidate.name === name);
  if (variant) return variant;
  throw new BalancedRecError({
    code: 'variant/no-definition',
    message: `the package ${specifier} exports no variant "${name}"`,
    place,
    expected: 'an exported Variant with that name',
    found: variants.map((other) => other.name).join(', ') || 'no variant among its exports',
    remedy: variants.length > 0 ? 'name one that it exports' : 'export it: its name, and objective(...) or model(...)',
  });
}

function isVariant(value: unknown): value is Variant {
  const candidate = value as { name?: unknown; objective?: unknown; model?: unknown } | null;
  return (
    typeof candidate?.name === 'string' &&
    (typeof candidate.objective === 'function' || typeof candidate.model === 'function')
  );
}
