import type { BackboneDefinition } from '@balanced-rec/ckd-core';
import type { Dataset } from '@balanced-rec/datasets';
import type { Choice, Stage, TrialResult } from '@balanced-rec/report';
import { uniModal } from '../variants/built-in-variants.js';
import type { Variant } from '../variants/variant.js';
import type { RunIdentity } from './run-identity.js';
import { type RunSettings, runId } from './run-settings.js';

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

/** One run to do, and the runs (its teachers) that come first. */
export interface PlannedRun {
  readonly id: string;
  readonly settings: RunSettings;
  readonly after: readonly string[];
  /** What kind of variant it is; runs of one kind take about as long. */
  readonly kind: string;
  /** It is a trial of a search, which reads no test split. */
  readonly trial?: { readonly number: number; readonly stage: Stage; readonly values: Choice } | undefined;
}

/** One combination to try. */
export type PlannedTrial = PlannedRun & { readonly trial: NonNullable<PlannedRun['trial']> };

/** Everything that is kept of a finished trial. It holds nothing of the test split, which a trial never reads. */
export interface TrialRecord extends Omit<TrialResult, 'number'> {
  readonly format: 1;
  readonly id: string;
  readonly identity: RunIdentity;
  readonly seconds: number;
}

/** The runs that train the teachers of a run, one for each modality. */
export function teachersOf({ variantPackage: _, ...settings }: RunSettings): PlannedRun[] {
  return settings.dataset.modalities.map((modality) => {
    const { name, kind = name } = uniModal(modality);
    const teacher = { ...settings, variant: name, distillation: {}, modulation: {} };
    return { id: runId(teacher), settings: teacher, after: [], kind };
  });
}
