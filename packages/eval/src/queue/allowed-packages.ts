import { BalancedRecError } from '@balanced-rec/errors';
import { FLOOR_NAMES, KNOWN_BACKBONES } from '@balanced-rec/models';
import type { RunSettings } from '../plan/run-settings.js';

/** The third-party packages that a run imports. */
export function foreignPackages({
  backbone,
  variantPackage,
}: Pick<RunSettings, 'backbone' | 'variantPackage'>): string[] {
  const own: readonly string[] = [...KNOWN_BACKBONES, ...FLOOR_NAMES];
  const isForeign = backbone.package !== undefined || !own.includes(backbone.name);
  return [
    ...(isForeign ? [backbone.package ?? `@balanced-rec/${backbone.name}`] : []),
    ...(variantPackage === undefined ? [] : [variantPackage]),
  ];
}

/**
 * Makes sure that only packages that this worker was started with are imported.
 * @throws BalancedRecError `queue/package-not-allowed`
 */
export function checkAllowed(packages: readonly string[], allowed: readonly string[], place: string): void {
  const refused = packages.find((name) => !allowed.includes(name));
  if (refused === undefined) return;
  throw new BalancedRecError({
    code: 'queue/package-not-allowed',
    message: 'the comparison needs a package that this worker was not started with',
    place,
    expected: allowed.length > 0 ? `one of: ${allowed.join(', ')}` : 'no packages other than those of balanced-rec',
    found: refused,
    remedy: `start the worker with --package ${refused}, if you trust it`,
  });
}
