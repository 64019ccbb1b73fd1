import type { BackboneDefinition } from '@balanced-rec/ckd-core';
import type { Dataset } from '@balanced-rec/datasets';
import type { Choice, Stage, TrialResult } from '@balanced-rec/report';
import { uniModal } from '../variants/built-in-variants.js';
import type { Variant } from '../variants/variant.js';
import type { RunIdentity } from './run-identity.js';
import { type RunSettings, runId } from './run-settings.js';

/** All runs of a comparison, teachers before students, and what they were planned from. */
export interface Plan {
  readonly runs: readonly PlannedRun[];
  /** The search that the runs belong to; undefined for the comparison itself. */
  readonly phase?: string | undefined;
  /** Variants to tabulate, in the order given; teachers may run in addition. */
  readonly variants: readonly string[];
  readonly datasets: ReadonlyMap<string, Dataset>;
  /** The backbones, including floors, by their names in the runs' settings. */
  readonly definitions: ReadonlyMap<string, BackboneDefinition>;
  /** What to run on each dataset with each seed. */
  readonly cells: ReadonlyMap<string, readonly PlannedCell[]>;
}

/** A variant of a backbone, which a comparison runs on one dataset with each seed. */
export interface PlannedCell {
  readonly variant: Variant;
  readonly variantPackage?: string | undefined;
  readonly backbone: RunSettings['backbone'];
}

/** A run, and the runs (its teachers) that must finish first. */
export interface PlannedRun {
  readonly id: string;
  readonly settings: RunSettings;
  readonly after: readonly string[];
  /** The kind of variant; runs of the same kind take about equally long. */
  readonly kind: string;
  /** Set for a trial of a search, which does not read the test split. */
  readonly trial?: { readonly number: number; readonly stage: Stage; readonly values: Choice } | undefined;
}

/** One combination to try. */
export type PlannedTrial = PlannedRun & { readonly trial: NonNullable<PlannedRun['trial']> };

/** The record of a finished trial. It contains no test scores, since a trial never reads the test split. */
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
