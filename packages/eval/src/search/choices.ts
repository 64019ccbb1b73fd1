import type { RunSettings } from '../runs/run-settings.js';
import type { Choice } from './trial.js';

/** What was chosen for each dataset x backbone. */
export type Choices = ReadonlyMap<string, Choice>;

export function choiceKey({ dataset, backbone }: Pick<RunSettings, 'dataset' | 'backbone'>): string {
  return `${dataset.name} / ${backbone.name}`;
}

/** Settings with some of their values replaced by chosen ones. */
export function withChoice(settings: RunSettings, choice: Choice = {}): RunSettings {
  return {
    ...settings,
    backbone: { ...settings.backbone, config: { ...settings.backbone.config, ...choice.backbone } },
    protocol: { ...settings.protocol, ...choice.protocol },
    distillation: { ...settings.distillation, ...choice.distillation },
    modulation: { ...settings.modulation, ...choice.modulation },
  };
}
