import type { GraphMeasurement, GraphTask } from './measure-graph.js';
import { measureInProcess } from './measure-in-process.js';
import { badOption } from './option-values.js';

export interface GraphBenchOptions extends Omit<GraphTask, 'items'> {
  readonly items: readonly number[];
  /** Builds of each size; the one of median time is told. */
  readonly repeats: number;
}

/**
 * JavaScript's own heap gives memory back when it likes, in the middle of a build too, which hides as much of what the build
 * takes. It has less to give when it was collected before and its space for new objects is small.
 */
const steadyHeap = ['--expose-gc', '--max-semi-space-size=1'];

const meaning = {
  features: 'standard normal draws of seed 1',
  seconds: 'one build, the first of its process, with the features on the engine',
  memoryBytes: {
    residentBefore:
      "the process's resident memory just before the build, the features twice in it: here and on the engine",
    peakBefore: 'the high-water mark of resident memory (maxRSS) at that moment',
    peakRise: 'how far the build raised that mark; 0 where starting up had needed more',
    extra: 'the mark after the build less residentBefore',
  },
  bruteForce: 'rows drawn, and how many of them have exactly the neighbours that float64 finds',
};

/** Builds the exact kNN item graph of generated features, each in a process of its own, for its own peak of memory. */
export async function benchGraph({ items, neighbours, repeats, ...task }: GraphBenchOptions) {
  const fewest = Math.min(...items);
  if (neighbours > fewest) {
    throw badOption('--neighbours', `at most the fewest items, ${fewest}`, String(neighbours));
  }
  const measurements: GraphMeasurement[] = [];
  // One after the other: they would share the machine's memory bandwidth.
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
