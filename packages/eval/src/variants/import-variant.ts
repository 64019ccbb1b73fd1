import { BalancedRecError } from '@balanced-rec/errors';
import { brokenPackage, importPackage, notInstalled } from '@balanced-rec/models';
import type { Variant } from './variant.js';

/**
 * Imports somebody else's variant from a package, or from a file by its path.
 * @throws BalancedRecError `variant/not-installed`, `variant/broken-package`, `variant/no-definition`
 */
export async function importVariant(name: string, specifier: string, place = 'variant'): Promise<Variant> {
  const named = { kind: 'variant', name, specifier, place } as const;
  const exported = await importPackage(specifier).catch((cause: unknown) => {
    throw brokenPackage(named, cause);
  });
  if (!exported) throw notInstalled(named);
  const variants = Object.values(exported).filter(isVariant);
  const variant = variants.find((candidate) => candidate.name === name);
  if (variant) return variant;
  throw new BalancedRecError({
    code: 'variant/no-definition',
    message: `the package ${specifier} exports no variant "${name}"`,
    place,
    expected: 'an exported Variant of that name',
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
