import type { BackboneDefinition, EpochEvent, FitOptions } from '@balanced-rec/ckd-core';
import { NeighbourFolder } from '@balanced-rec/ckd-core/node';
import type { Dataset } from '@balanced-rec/datasets';
import type { DamageListener } from '@balanced-rec/files';
import type { RunSettings } from '../plan/run-settings.js';

/** One run: a variant of a backbone on a dataset with a seed. */
export interface RunOptions {
  /** With the complete configuration of the backbone, see {@link RunSettings}. */
  readonly settings: RunSettings;
  readonly dataset: Dataset;
  readonly definition: BackboneDefinition;
  /** Where teachers are kept; a missing one is trained and stored. */
  readonly teachers: string;
  /** Where the item graphs of the features are kept, for every run that needs them. */
  readonly neighbours: string;
  /** Where to keep its state while it trains, so that it can resume after an interruption. Without it, a run always starts over. */
  readonly progress?: { readonly file: string; readonly everySeconds: number } | undefined;
  /** Called after every epoch, including those of teachers. */
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  /** Called for damaged files, which are set aside and made again; by default they are reported as Node.js warnings. */
  readonly onDamage?: DamageListener | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** An epoch of a run, or of the teacher `only:<modality>` that it needs first. */
export interface RunEvent extends EpochEvent {
  readonly variant: string;
}

/** The options with which all models of a run are trained; events are reported under `variant`. */
export function fitOptions(
  { settings, dataset, definition, neighbours, onEvent, onDamage, signal }: RunOptions,
  variant: string,
): Omit<FitOptions, 'validate' | 'objective'> {
  return {
    definition,
    data: dataset,
    config: settings.backbone.config,
    modalities: dataset.modalities,
    seed: settings.seed,
    protocol: settings.protocol,
    neighbourCache: new NeighbourFolder(neighbours, onDamage),
    onEvent: (event: EpochEvent) => onEvent?.({ ...event, variant }),
    signal,
  };
}
