import type { RunRecord } from '@balanced-rec/report';
import type { RunOptions } from '../runs/run-options.js';
import { runVariant } from '../runs/run-variant.js';
import type { RunStore } from '../store/run-store.js';

/**
 * Does a run and keeps its record and its model in a folder, which the caller holds.
 * @param interactions whether the model keeps what its users had
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
