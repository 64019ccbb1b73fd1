import type { TrainingResult } from '@balanced-rec/ckd-core';
import type { Dataset } from '@balanced-rec/datasets';
import type { RunRecord } from '@balanced-rec/report';
import type { TestResult } from '../evaluation/read-test-split.js';
import { packageVersions } from '../plan/run-identity.js';
import { type RunSettings, runId } from '../plan/run-settings.js';

/** The history of a model; an untrained one has a single evaluation and no epochs. */
export interface ModelHistory extends Omit<TrainingResult, 'stoppedBy'>, Pick<RunRecord['result'], 'stoppedBy'> {}

/** The record of a finished run. */
export function recordOf(
  { settings, dataset }: { readonly settings: RunSettings; readonly dataset: Dataset },
  parameters: number,
  { bestEpoch, best, epochs, stoppedBy, history }: ModelHistory,
  { test, users, groups }: TestResult,
  times: RunRecord['times'],
): RunRecord {
  const { protocol, distillation, modulation, seed, variant, engine } = settings;
  return {
    format: 2,
    id: runId(settings),
    dataset: {
      name: settings.dataset.name,
      hash: dataset.hash,
      users: dataset.userCount,
      items: dataset.itemCount,
      train: dataset.train.items.length,
      validation: dataset.validation.items.length,
      test: dataset.test.items.length,
    },
    backbone: settings.backbone.name,
    // As requested, even if the model is not the backbone itself, such as an ensemble of teachers.
    backboneConfig: settings.backbone.config,
    variant,
    seed,
    protocol: { ...protocol, distillation, modulation },
    engine,
    result: { bestEpoch, epochs, stoppedBy, validation: best.metrics, test },
    users,
    groups,
    curve: history.map(({ validation, ...epoch }) => ({
      ...epoch,
      ...(validation ? { validation: validation.metrics } : {}),
      ...(validation?.views ? { views: validation.views } : {}),
      ...(validation?.margins ? { margins: validation.margins } : {}),
    })),
    parameters,
    versions: packageVersions(),
    times,
  };
}
