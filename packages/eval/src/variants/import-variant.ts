import { BalancedRecError } from '@balanced-rec/errors';
import { importPackage } from '../runs/import-package.js';
import type { Variant } from './variant.js';

/**
 * Imports somebody else's variant from a package, or from a file by its path.
 * @throws BalancedRecError `variant/not-installed`, `variant/broken-package`, `variant/no-definition`
 */
export async function importVariant(name: string, specifier: string, place = 'variant'): Promise<Variant> {
  const exported = await importPackage(specifier).catch((cause: unknown) => {
    throw brokenPackage(specifier, place, cause);
  });
  if (!exported) throw missingPackage(name, specifier, place);
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

function missingPackage(name: string, specifier: string, place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'variant/not-installed',
    message: `the variant ${name} is not installed`,
    place,
    expected: `the package ${specifier}`,
    found: `no such package beside balanced-rec or from ${process.cwd()}`,
    remedy: /^\.{0,2}[\\/]/.test(specifier) ? 'check the path' : `npm install ${specifier}`,
  });
}

function brokenPackage(specifier: string, place: string, cause: unknown): BalancedRecError {
  return new BalancedRecError({
    code: 'variant/broken-package',
    message: `the package ${specifier} cannot be imported`,
    place,
    expected: 'a package that loads in Node.js',
    found: String(cause).split('\n')[0]!,
    remedy: 'mend the package, or install what it needs',
    cause,
  });
}

function isVariant(value: unknown): value is Variant {
  const candidate = value as { name?: unknown; objective?: unknown; model?: unknown } | null;
  return (
    typeof candidate?.name === 'string' &&
    (typeof candidate.objective === 'function' || typeof candidate.model === 'function')
  );
}
