import type { BackboneDefinition, DistillationOverrides, ModulationOverrides, Protocol } from '@balanced-rec/ckd-core';
import type { Choice } from '@balanced-rec/report';
import type { EngineName } from '@balanced-rec/tfjs-kernels';
import type { MetricChoice } from '../metrics/metric-name.js';

/** Everything that determines a run, as plain data: on one machine, equal settings give equal results. */
export interface RunSettings {
  readonly dataset: { readonly name: string; readonly path: string; readonly modalities: readonly string[] };
  readonly backbone: {
    readonly name: string;
    readonly package?: string | undefined;
    /** Complete, as returned by the definition's `parseConfig`: an omitted default would make the run's record incomplete. */
    readonly config: Readonly<Record<string, unknown>>;
  };
  readonly variant: string;
  /** The package to import a third-party variant from. */
  readonly variantPackage?: string | undefined;
  readonly seed: number;
  readonly protocol: Protocol;
  readonly distillation: DistillationOverrides;
  readonly modulation: ModulationOverrides;
  readonly measured: MetricChoice;
  readonly engine: EngineName;
}

/** A readable id, unique within a comparison and valid as a file name. */
export function runId({ dataset, backbone, variant, seed }: RunSettings): string {
  return [dataset.name, backbone.name, variant, `s${seed}`].join('--').replace(/[^A-Za-z0-9.-]+/g, '-');
}

/** The choices of a search for each dataset x backbone. */
export type Choices = ReadonlyMap<string, Choice>;

/** The key of a run's dataset x backbone. */
export function choiceKey({ dataset, backbone }: Pick<RunSettings, 'dataset' | 'backbone'>): string {
  return `${dataset.name} / ${backbone.name}`;
}

/** Replaces some of the settings with chosen values. */
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
