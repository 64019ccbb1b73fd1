/** The step at which the longest of some curves has about `limit` points. */
export function strideFor(lengths: readonly number[], limit: number): number {
  return Math.max(1, Math.ceil(lengths.reduce((a, b) => Math.max(a, b), 0) / limit));
}

/** Every so many of the epochs, the last and those to keep besides. */
export function thinEpochs(epochs: readonly number[], stride: number, keep: readonly number[] = []): number[] {
  return epochs.filter((epoch, at) => at % stride === 0 || at === epochs.length - 1 || keep.includes(epoch));
}
