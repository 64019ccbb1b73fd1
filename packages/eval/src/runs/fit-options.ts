import type { EpochEvent, FitOptions } from '@balanced-rec/ckd-core';
import { NeighbourFolder } from '@balanced-rec/ckd-core/node';
import type { RunOptions } from './run-variant.js';

/** What all models of a run are trained with; events are told as those of `variant`. */
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
    ...(signal ? { signal } : {}),
  };
}
