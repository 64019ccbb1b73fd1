import type {
  Backbone,
  BackboneDefinition,
  DistillationOverrides,
  ModulationOverrides,
  Objective,
  RandomStreams,
  Teacher,
} from '@balanced-rec/ckd-core';
import type { Dataset } from '@balanced-rec/datasets';
import type { Stage } from '@balanced-rec/report';

/** What a variant makes its model from. */
export interface VariantContext {
  readonly dataset: Dataset;
  /** The backbone with its initial parameters, on all modalities of the dataset. */
  readonly backbone: Backbone;
  /** One per modality, if the variant needs them. */
  readonly teachers: readonly Teacher[];
  /** All randomness of the run. */
  readonly random: RandomStreams;
  /** The comparison's settings. */
  readonly distillation: DistillationOverrides;
  readonly modulation: ModulationOverrides;
}

/** Options of a comparison that only some variants read. */
export type VariantOptions = 'distillation' | 'modulation';

interface VariantTraits {
  /** The name in comparison files: lower case, with hyphens. */
  readonly name: string;
  /** Needs one uni-modal model per modality, trained first or taken from the comparison. */
  readonly needsTeachers?: boolean;
  /** The comparison's options that it reads, so that changing others does not affect its runs; all by default. */
  readonly reads?: readonly VariantOptions[];
  /** Balances modalities, so it needs at least two. */
  readonly balances?: boolean;
  /** The one modality that the model is trained on and ranks with. */
  readonly modality?: string;
  /** Variants of the same kind take about equally long, which estimates of the remaining time use; by default, the variant's name. */
  readonly kind?: string;
  /** The stage of a search that this variant's validation score decides, for all variants that read those options. */
  readonly decides?: Stage;
  /** A model that replaces the comparison's backbones; planned once per dataset and seed. */
  readonly floor?: BackboneDefinition;
}

/** A variant whose model is trained: `objective` is what training minimises. */
export interface TrainedVariant extends VariantTraits {
  /** What training minimises. */
  objective(context: VariantContext): Objective;
}

/** What a variant makes an untrained model from. */
export interface UntrainedContext extends Pick<VariantContext, 'dataset' | 'teachers'> {
  readonly definition: BackboneDefinition;
  /** Makes the backbone with its initial parameters. */
  create(): Backbone;
}

/** A variant whose model needs no training; the caller disposes it. */
export interface UntrainedVariant extends VariantTraits {
  /** The model itself. */
  model(context: UntrainedContext): Backbone;
}

/**
 * One way to make a model, which a comparison varies in addition to backbones, data and seeds. A package that exports one can be named in a
 * comparison file: `{ name: mine, package: my-package }`.
 */
export type Variant = TrainedVariant | UntrainedVariant;
