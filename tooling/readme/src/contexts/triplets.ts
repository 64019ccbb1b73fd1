/** Names that snippets about kernels assume: a sparse matrix in parallel lists, and a matrix to multiply it with. */
import { loadEngine } from '@balanced-rec/tfjs-kernels';
import { tensor2d } from '@tensorflow/tfjs-core';

await loadEngine('wasm');
export const [rows, columns] = [2, 3];
export const rowIds = Int32Array.of(0, 1);
export const columnIds = Int32Array.of(2, 0);
export const values = Float32Array.of(0.5, 2);
export const embeddings = tensor2d([1, 2, 3], [columns, 1]);
