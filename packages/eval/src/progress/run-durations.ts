import type { RunSettings } from '../runs/run-settings.js';

/** How long runs took, asked by what they are alike in. */
export class RunDurations {
  readonly #sums = new Map<string, { seconds: number; count: number }>();

  add(settings: RunSettings, seconds: number): void {
    for (const key of keys(settings)) {
      const sum = this.#sums.get(key) ?? { seconds: 0, count: 0 };
      this.#sums.set(key, { seconds: sum.seconds + seconds, count: sum.count + 1 });
    }
  }

  /** The mean over the same dataset, backbone and kind of variant. */
  ofKind(settings: RunSettings): number | undefined {
    return this.#mean(keys(settings)[0]!);
  }

  /** The mean over the runs that are most alike, which may be not very much. */
  ofNearest(settings: RunSettings): number | undefined {
    const known = keys(settings).find((key) => this.#sums.has(key));
    return known === undefined ? undefined : this.#mean(known);
  }

  #mean(key: string): number | undefined {
    const sum = this.#sums.get(key);
    return sum && sum.seconds / sum.count;
  }
}

/** What a run is alike in, from most to least. */
function keys({ dataset, backbone, variant }: RunSettings): readonly string[] {
  // One modality costs as much as another, and CKD as its ablations.
  const kind = variant.replace(/^(only|ckd)[:-].*/, '$1');
  const of = (...parts: string[]) => JSON.stringify(parts);
  return [of(dataset.name, backbone.name, kind), of(dataset.name, backbone.name), of(dataset.name), of()];
}
