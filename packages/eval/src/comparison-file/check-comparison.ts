import type { BackboneDefinition, ConfigPath } from '@balanced-rec/ckd-core';
import { BalancedRecError } from '@balanced-rec/errors';
import type { ComparisonFile } from './read-comparison.js';

/** Checks a backbone's configuration; an error says where in the comparison file the fault is. */
export function checkConfig(
  definition: BackboneDefinition,
  config: unknown,
  place: (path: ConfigPath) => string,
): void {
  try {
    definition.parseConfig(config);
  } catch (error) {
    if (!(error instanceof BalancedRecError)) throw error;
    // The definition's own place is `backbone <name> > <key> > ...`.
    const path = error.details.place?.split(' > ').slice(1) ?? [];
    throw new BalancedRecError({ ...error.details, place: place(path) });
  }
}

const OWN_PACKAGE = /^@balanced-rec\/[a-z0-9-]+$/;

/**
 * Makes sure that a comparison file runs only this project's code and that of the packages named on the command line, since a file may
 * come from anywhere.
 * @param allowed the packages named, spelled as in the file
 * @throws BalancedRecError `comparison/package-not-allowed`, with the line
 */
export function checkPackages({ comparison, place }: ComparisonFile, allowed: readonly string[]): void {
  const { backbones, variants } = comparison;
  const named: (readonly [from: string | undefined, path: ConfigPath])[] = [
    ...backbones.map(({ package: from }, k) => [from, ['backbones', k, 'package']] as const),
    ...variants.map(({ package: from }, v) => [from, ['variants', v, 'package']] as const),
    ...backbones.flatMap(({ variants: own = [] }, k) =>
      own.map(({ package: from }, v) => [from, ['backbones', k, 'variants', v, 'package']] as const),
    ),
  ];
  for (const [from, path] of named) {
    if (from === undefined || OWN_PACKAGE.test(from) || allowed.includes(from)) continue;
    throw new BalancedRecError({
      code: 'comparison/package-not-allowed',
      message: `this file wants to run third-party code: ${from}`,
      place: place(path),
      expected: 'a package that the command names too',
      found: allowed.length > 0 ? allowed.join(', ') : 'none named',
      remedy: `add --package ${from} to the command if you trust it`,
    });
  }
}
