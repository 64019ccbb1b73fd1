import type { GraphMeasurement, GraphTask } from './measure-graph.js';
import { measureInProcess } from './measure-in-process.js';
import { badOption } from './option-values.js';

export interface GraphBenchOptions extends Omit<GraphTask, 'items'> {
  readonly items: readonly number[];
  /** Builds of each size. The one with the median time is reported. */
  readonly repeats: number;
}

/**
 * JavaScript's heap can release memory at any time, even during a build, which hides the same amount of what the build uses. It has
 * less to release if it was collected beforehand and its space for new objects is small.
 */
const steadyHeap = ['--expose-gc', '--max-semi-space-size=1'];

const meaning = {
  features: 'standard normal samples from seed 1',
  seconds: 'one build, the first in its process, with the features already on the engine',
  memoryBytes: {
    residentBefore:
      "the process's resident memory just before the build; it holds the features twice, in JavaScript and on the engine",
    peakBefore: 'the high-water mark of resident memory (maxRSS) at that moment',
    peakRise: 'how much the build raised that mark; 0 if startup had needed more',
    extra: 'the mark after the build minus residentBefore',
  },
  bruteForce: 'rows sampled, and how many of them have exactly the neighbours that brute force in float64 finds',
};

/** Builds the exact kNN item graph of generated features, each in a separate process to get its own peak memory. */
export async function benchGraph({ items, neighbours, repeats, ...task }: GraphBenchOptions) {
  const fewest = Math.min(...items);
  if (neighbours > fewest) {
    throw badOption('--neighbours', `at most the smallest number of items, ${fewest}`, String(neighbours));
  }
  const measurements: GraphMeasurement[] = [];
  // One at a time, because they would share the machine's memory bandwidth.
  for (const count of items) {
    const builds: GraphMeasurement[] = [];
    for (let k = 0; k < repeats; k++) {
      const size = { items: count, neighbours, ...task };
      builds.push(await measureInProcess('graph', `${count} items`, size, steadyHeap));
    }
    measurements.push(builds.sort((a, b) => a.size.seconds - b.size.seconds)[builds.length >> 1]!);
  }
  return { engine: measurements[0]!.engine, meaning, sizes: measurements.map(({ size }) => size) };
}
