import type { BackboneDefinition, ConfigPath } from '@balanced-rec/ckd-core';
import { BalancedRecError } from '@balanced-rec/errors';

/** Checks a backbone's configuration; an error says where in the comparison file the fault stands. */
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
