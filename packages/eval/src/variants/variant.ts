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
  /** One per modality, if the variant asks for them. */
  readonly teachers: readonly Teacher[];
  /** All randomness of the run. */
  readonly random: RandomStreams;
  /** As the comparison sets them. */
  readonly distillation: DistillationOverrides;
  readonly modulation: ModulationOverrides;
}

/** Options of a comparison that only some variants read. */
export type VariantOptions = 'distillation' | 'modulation';

interface VariantTraits {
  /** As a comparison file has it: lower case, hyphens. */
  readonly name: string;
  /** Trains one uni-modal model per modality first, or takes those of the comparison. */
  readonly needsTeachers?: boolean;
  /** The options of the comparison that it reads, so that a change of others leaves its runs as they are; all by default. */
  readonly reads?: readonly VariantOptions[];
  /** It is about the balance of modalities, so it needs two or more. */
  readonly balances?: boolean;
  /** The one modality that the model is trained on and ranks with. */
  readonly modality?: string;
  /** Variants of one kind take about as long, which estimates of the time left rest on; by default a variant is a kind of its own. */
  readonly kind?: string;
  /** The stage of a search that this variant's validation score decides, for every variant that reads those options. */
  readonly decides?: Stage;
  /** A model of its own, in place of the comparison's backbones: planned once per dataset and seed. */
  readonly floor?: BackboneDefinition;
}

/** A variant whose model is trained: `objective` is what training minimises. */
export interface TrainedVariant extends VariantTraits {
  /** What training minimises. */
  objective(context: VariantContext): Objective;
}

/** What an untrained model is made from. */
export interface UntrainedContext extends Pick<VariantContext, 'dataset' | 'teachers'> {
  readonly definition: BackboneDefinition;
  /** Makes the backbone with its initial parameters. */
  create(): Backbone;
}

/** A variant whose model is ready as it is made; the caller disposes it. */
export interface UntrainedVariant extends VariantTraits {
  /** The model itself. */
  model(context: UntrainedContext): Backbone;
}

/**
 * One way of making a model: what a comparison varies besides backbones, data and seeds. A package that exports one can be named in a
 * comparison file: `{ name: mine, package: my-package }`.
 */
export type Variant = TrainedVariant | UntrainedVariant;
