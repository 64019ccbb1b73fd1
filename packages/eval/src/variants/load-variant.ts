import { BalancedRecError, nearestName } from '@balanced-rec/errors';
import { importPackage } from '../runs/import-package.js';
import { builtInVariants } from './built-in-variants.js';
import type { Variant } from './variant.js';

/** A variant as a comparison names it. */
export interface VariantReference {
  readonly name: string;
  /** The package to import it from, if it is not one of this project's. */
  readonly package?: string | undefined;
}

/** The names of the variants that come along, for given modalities. */
export function variantNames(modalities: readonly string[]): string[] {
  return builtInVariants(modalities).map(({ name }) => name);
}

/** The shorthand `only` stands for each modality alone, whatever the dataset's modalities are; other names stand for themselves. */
export function expandVariant(name: string, modalities: readonly string[]): readonly string[] {
  return name === 'only' ? modalities.map((m) => `only:${m}`) : [name];
}

/**
 * A variant by name, or anybody's from a package.
 * @throws BalancedRecError `variant/unknown`, `variant/not-installed`, `variant/no-definition`
 */
export async function loadVariant(
  { name, package: from }: VariantReference,
  modalities: readonly string[],
  place?: string,
): Promise<Variant> {
  const variant = from === undefined ? undefined : await importVariant(name, from, place);
  const found = variant ?? builtInVariants(modalities).find((candidate) => candidate.name === name);
  if (found) return found;
  const nearest = nearestName(name, variantNames(modalities));
  throw new BalancedRecError({
    code: 'variant/unknown',
    message: `there is no variant "${name}"`,
    ...(place ? { place } : {}),
    expected: `one of: ${variantNames(modalities).join(', ')}`,
    found: name,
    remedy: nearest ? `did you mean "${nearest}"?` : 'name one of these variants, or the package that has it',
  });
}

/**
 * A variant by name, if it makes sense on the dataset.
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
    remedy: 'add the features of another modality, or train plain variants only',
  });
}

async function importVariant(name: string, specifier: string, place = 'variant'): Promise<Variant> {
  const exported = await importPackage(specifier);
  const variants = Object.values(exported ?? {}).filter(isVariant);
  const variant = variants.find((candidate) => candidate.name === name);
  if (variant) return variant;
  throw new BalancedRecError({
    code: exported ? 'variant/no-definition' : 'variant/not-installed',
    message: exported
      ? `the package ${specifier} exports no variant "${name}"`
      : `the variant ${name} is not installed`,
    place,
    expected: exported ? 'an exported Variant of that name' : `the package ${specifier}`,
    found: exported ? variants.map((other) => other.name).join(', ') || 'none' : 'no such package',
    remedy: exported
      ? 'export it from the package, or name one that it exports'
      : `npm install ${specifier}, or check the path`,
  });
}

function isVariant(value: unknown): value is Variant {
  const candidate = value as { name?: unknown; objective?: unknown; model?: unknown } | null;
  return (
    typeof candidate?.name === 'string' &&
    (typeof candidate.objective === 'function' || typeof candidate.model === 'function')
  );
}
