import type { DistillationOverrides } from '@balanced-rec/ckd-core';
import { BalancedRecError, nearestName } from '@balanced-rec/errors';

/** One way of training a backbone. */
export type Variant =
  | { readonly kind: 'plain'; readonly name: string }
  | { readonly kind: 'only'; readonly name: string; readonly modality: string }
  | { readonly kind: 'distilled'; readonly name: string; readonly options: DistillationOverrides };

const distilledVariants: Readonly<Record<string, DistillationOverrides>> = {
  ckd: {},
  'ckd-no-specific': { specific: false },
  'ckd-no-generic': { generic: false },
  'ckd-no-reweighting': { reweighting: false },
};

/** The names of the variants for given modalities: plain, CKD and its ablations, each modality alone. */
export function variantNames(modalities: readonly string[]): string[] {
  return ['plain', ...Object.keys(distilledVariants), ...modalities.map((m) => `only:${m}`)];
}

/** The shorthand `only` stands for each modality alone, whatever the dataset's modalities are; other names stand for themselves. */
export function expandVariant(name: string, modalities: readonly string[]): readonly string[] {
  return name === 'only' ? modalities.map((m) => `only:${m}`) : [name];
}

/**
 * A variant by name, if the dataset has the modalities that it is about.
 * @throws BalancedRecError `variant/unknown`, `distill/one-modality`
 */
export function checkVariant(
  name: string,
  { name: dataset, modalities }: { readonly name: string; readonly modalities: readonly string[] },
  place: string,
): Variant {
  const variant = parseVariant(name, modalities, `${place}, dataset ${dataset}`);
  if (variant.kind !== 'distilled' || modalities.length > 1) return variant;
  throw new BalancedRecError({
    code: 'distill/one-modality',
    message: `dataset ${dataset} has a single modality, so there is nothing for ${name} to balance`,
    place,
    expected: 'two modalities or more',
    found: modalities.join(', '),
    remedy: 'add the features of another modality, or train plain variants only',
  });
}

/**
 * A variant by name.
 * @throws BalancedRecError `variant/unknown`
 */
export function parseVariant(name: string, modalities: readonly string[], place?: string): Variant {
  if (name === 'plain') return { kind: 'plain', name };
  const options = distilledVariants[name];
  if (options) return { kind: 'distilled', name, options };
  const modality = name.startsWith('only:') ? name.slice('only:'.length) : undefined;
  if (modality !== undefined && modalities.includes(modality)) return { kind: 'only', name, modality };
  const nearest = nearestName(name, variantNames(modalities));
  throw new BalancedRecError({
    code: 'variant/unknown',
    message: `there is no variant "${name}"`,
    ...(place ? { place } : {}),
    expected: `one of: ${variantNames(modalities).join(', ')}`,
    found: name,
    remedy: nearest ? `did you mean "${nearest}"?` : 'name one of these variants',
  });
}
