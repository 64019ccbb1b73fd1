/** What snippets about trained models take for granted. */
import { RandomStreams } from '@balanced-rec/ckd-core';
import { readDataset } from '@balanced-rec/datasets';
import { loadEngine } from '@balanced-rec/tfjs-kernels';

await loadEngine('wasm');
export const data = await readDataset('data/mine');
export const random = new RandomStreams(1);
