import type { Dataset } from '../dataset.js';
import { ProblemLog } from '../problem-log.js';
import { assembleDataset } from './assemble-dataset.js';
import type { ReadOptions } from './read-options.js';

/**
 * Reads the dataset in the folder `path`, in MMRec or LATTICE layout, with every feature file `<modality>_feat.npy` beside it.
 * What is untidy is in `findings`; the first thing that is wrong is thrown, with its file and line.
 *
 * @throws BalancedRecError `dataset/...`, `npy/...` or `features/...`: the README lists the codes
 */
export async function readDataset(path: string, options: ReadOptions = {}): Promise<Dataset> {
  const dataset = await assembleDataset(path, options, new ProblemLog({ stopAtFirst: true }));
  // With stopAtFirst a problem has been thrown before this, so undefined cannot come.
  return dataset!;
}
