import type { PlannedRun } from '@balanced-rec/eval';

/** How long runs took, asked by what they are alike in. */
export class RunDurations {
  readonly #sums = new Map<string, { seconds: number; count: number }>();

  add(run: PlannedRun, seconds: number): void {
    for (const key of keys(run)) {
      const sum = this.#sums.get(key) ?? { seconds: 0, count: 0 };
      this.#sums.set(key, { seconds: sum.seconds + seconds, count: sum.count + 1 });
    }
  }

  /** The mean over the same dataset, backbone and kind of variant. */
  ofKind(run: PlannedRun): number | undefined {
    return this.#mean(keys(run)[0]!);
  }

  /** The mean over the runs that are most alike, which may be not very much. */
  ofNearest(run: PlannedRun): number | undefined {
    const known = keys(run).find((key) => this.#sums.has(key));
    return known === undefined ? undefined : this.#mean(known);
  }

  #mean(key: string): number | undefined {
    const sum = this.#sums.get(key);
    return sum && sum.seconds / sum.count;
  }
}

/** What a run is alike in, from most to least. */
function keys({ settings: { dataset, backbone }, kind }: PlannedRun): readonly string[] {
  const of = (...parts: string[]) => JSON.stringify(parts);
  return [of(dataset.name, backbone.name, kind), of(dataset.name, backbone.name), of(dataset.name), of()];
}
