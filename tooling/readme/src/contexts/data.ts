/** Names that snippets about trained models assume. */
import { RandomStreams } from '@balanced-rec/ckd-core';
import { readDataset } from '@balanced-rec/datasets';
import { loadEngine } from '@balanced-rec/tfjs-kernels';

await loadEngine('wasm');
export const data = await readDataset('data/mine');
export const random = new RandomStreams(1);
