import { CsrMatrix, type CsrPattern } from '@balanced-rec/tfjs-kernels';

/** The kNN graph of a modality's initial features: entries 1 / k, which is rowsum^-1/2 on both sides of ones. */
export function frozenItemGraph(neighbours: CsrPattern): CsrMatrix {
  const { entries, rows } = neighbours;
  return new CsrMatrix(neighbours, new Float32Array(entries).fill(rows / entries));
}
