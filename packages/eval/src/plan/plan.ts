import type { BackboneDefinition } from '@balanced-rec/ckd-core';
import type { Dataset } from '@balanced-rec/datasets';
import type { Variant } from '../variants/variant.js';
import type { PlannedRun } from './planned-run.js';
import type { RunSettings } from './run-settings.js';

/** All runs of a comparison, teachers before students; and what it was planned from. */
export interface Plan {
  readonly runs: readonly PlannedRun[];
  /** What the runs are for, if it is not the comparison itself but a search before it. */
  readonly phase?: string | undefined;
  /** Variants to tabulate, in the order they were asked for; teachers may run besides. */
  readonly variants: readonly string[];
  readonly datasets: ReadonlyMap<string, Dataset>;
  /** The backbones, floors among them, by the names that the settings of runs give them. */
  readonly definitions: ReadonlyMap<string, BackboneDefinition>;
  /** What is done on each dataset with each seed. */
  readonly cells: ReadonlyMap<string, readonly PlannedCell[]>;
}

/** What a comparison does on one dataset with each of its seeds: a variant of a backbone. */
export interface PlannedCell {
  readonly variant: Variant;
  readonly variantPackage?: string | undefined;
  readonly backbone: RunSettings['backbone'];
}
