import type { RunRecord } from '@balanced-rec/report';
import type { RunOptions } from '../runs/run-options.js';
import { runVariant } from '../runs/run-variant.js';
import type { RunStore } from '../store/run-store.js';

/**
 * Executes a run and saves its record and model in a folder, whose lock the caller holds.
 * @param interactions whether the model keeps its users' interactions
 */
export async function runAndSave(store: RunStore, options: RunOptions, interactions: boolean): Promise<RunRecord> {
  const { record, backbone, observed, dispose } = await runVariant(options);
  try {
    await store.save({ record, backbone, observed, dataset: options.dataset, interactions });
    return record;
  } finally {
    dispose();
  }
}
