import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { distillationSchema, modulationSchema } from '@balanced-rec/ckd-core';
import type { RunRecord } from '@balanced-rec/report';
import type { RunSettings } from './run-settings.js';

/** What two runs with the same id must agree on to be interchangeable. */
export interface RunIdentity {
  readonly data: string;
  readonly backbone: Readonly<Record<string, unknown>>;
  readonly protocol: Readonly<Record<string, unknown>>;
  readonly engine: string;
}

/** What is known about a run before it starts. */
export interface PlannedIdentity {
  readonly settings: Pick<RunSettings, 'backbone' | 'protocol' | 'distillation' | 'modulation' | 'engine'>;
  readonly dataHash: string;
}

export function identityOfPlanned({ settings, dataHash }: PlannedIdentity): RunIdentity {
  const { backbone, protocol, distillation, modulation, engine } = settings;
  return {
    data: dataHash,
    backbone: backbone.config,
    protocol: complete({ ...protocol, distillation, modulation }),
    engine,
  };
}

export function identityOfRecord({ dataset, backboneConfig, protocol, engine }: RunRecord): RunIdentity {
  return { data: dataset.hash, backbone: backboneConfig, protocol: complete(protocol), engine };
}

/** The identity of a run in progress; adds the code that wrote its state, and what its evaluations measured. */
export interface CheckpointIdentity {
  readonly run: RunIdentity;
  readonly variant: string;
  /** The packages of a third-party backbone and variant. */
  readonly packages: { readonly backbone: string | null; readonly variant: string | null };
  readonly seed: number;
  readonly measured: RunSettings['measured'];
  readonly versions: Readonly<Record<string, string>>;
}

export function checkpointIdentity({
  settings,
  dataset,
}: {
  readonly settings: RunSettings;
  readonly dataset: { readonly hash: string };
}): CheckpointIdentity {
  const { backbone, variant, variantPackage = null } = settings;
  return {
    run: identityOfPlanned({ settings, dataHash: dataset.hash }),
    variant,
    packages: { backbone: backbone.package ?? null, variant: variantPackage },
    seed: settings.seed,
    measured: settings.measured,
    versions: packageVersions(),
  };
}

/** Fills in defaults, so that it makes no difference whether a default was written out. */
function complete({
  distillation = {},
  modulation = {},
  ...protocol
}: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return {
    ...protocol,
    distillation: distillationSchema.parse(distillation),
    modulation: modulationSchema.parse(modulation),
  };
}

const recorded = [
  '@balanced-rec/ckd-core/package.json',
  '@balanced-rec/tfjs-kernels/package.json',
  '@balanced-rec/datasets/package.json',
  '@balanced-rec/eval/package.json',
  '@tensorflow/tfjs-core/package.json',
];

/** The versions that a result depends on: this project's packages, TensorFlow.js, Node.js. */
export function packageVersions(): Record<string, string> {
  const require = createRequire(import.meta.url);
  const versions = recorded.map((manifest) => {
    const { name, version } = JSON.parse(readFileSync(require.resolve(manifest), 'utf8'));
    return [name, version] as const;
  });
  return { ...Object.fromEntries(versions), node: process.versions.node };
}
