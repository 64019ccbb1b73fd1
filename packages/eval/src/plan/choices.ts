import type { BackboneDefinition } from '@balanced-rec/ckd-core';
import type { Choice } from '@balanced-rec/report';
import type { RunSettings } from './run-settings.js';

/** What was chosen for each dataset x backbone. */
export type Choices = ReadonlyMap<string, Choice>;

/** The key of a run's dataset x backbone. */
export function choiceKey({ dataset, backbone }: Pick<RunSettings, 'dataset' | 'backbone'>): string {
  return `${dataset.name} / ${backbone.name}`;
}

/** Settings with some of their values replaced by chosen ones. */
export function withChoice(
  settings: RunSettings,
  choice: Choice | undefined,
  definition: BackboneDefinition,
): RunSettings {
  if (!choice) return settings;
  return {
    ...settings,
    backbone: {
      ...settings.backbone,
      config: definition.parseConfig({ ...settings.backbone.config, ...choice.backbone }),
    },
    protocol: { ...settings.protocol, ...choice.protocol },
    distillation: { ...settings.distillation, ...choice.distillation },
    modulation: { ...settings.modulation, ...choice.modulation },
  };
}
