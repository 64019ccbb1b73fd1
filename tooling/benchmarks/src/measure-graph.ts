import { RandomStreams } from '@balanced-rec/ckd-core';
import { nearestNeighbours } from '@balanced-rec/ckd-core/backbone';
import { type CsrPattern, type EngineName, loadEngine } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { bruteForceNeighbours, type FeatureRows } from './brute-force-neighbours.js';
import { residentMemory } from './resident-memory.js';
import { rounded } from './timing.js';

export interface GraphTask {
  readonly items: number;
  readonly columns: number;
  readonly neighbours: number;
  readonly engine: EngineName | 'auto';
}

export type GraphMeasurement = Awaited<ReturnType<typeof measureGraph>>;

/** Builds one item graph and measures it. Must run in a separate process, because it measures the peak memory of the process. */
export async function measureGraph({ items, columns, neighbours, engine: engineName }: GraphTask) {
  const engine = await loadEngine(engineName);
  const random = new RandomStreams(1);
  const draw = random.stream('features');
  const values = new Float32Array(items * columns);
  for (let at = 0; at < values.length; at++) values[at] = draw.normal();
  const rows = tf.tensor2d(values, [items, columns]);

  // Garbage from drawing the features would otherwise be freed during the build and hide part of the memory it uses.
  globalThis.gc?.();
  const before = residentMemory();
  const start = performance.now();
  const graph = nearestNeighbours(rows, neighbours);
  const milliseconds = performance.now() - start;
  const after = residentMemory();

  return {
    engine: { name: engine.name, tfjs: engine.version },
    size: {
      items,
      columns,
      neighbours,
      seconds: rounded(milliseconds / 1000),
      featureBytes: values.byteLength,
      memoryBytes: {
        residentBefore: before.now,
        peakBefore: before.peak,
        peakRise: after.peak - before.peak,
        extra: after.peak - before.now,
      },
      graph: { entries: graph.entries, bytes: graph.columnIndices.byteLength + graph.rowOffsets.byteLength },
      bruteForce: compareWithBruteForce(graph, { values, items, columns }, random),
    },
  };
}

/** How many of a sample of rows have exactly the neighbours float64 finds. Ties in float32 may be resolved differently. */
function compareWithBruteForce(graph: CsrPattern, features: FeatureRows, random: RandomStreams) {
  const draw = random.stream('checked rows');
  const checked = new Set<number>();
  while (checked.size < Math.min(20, features.items)) checked.add(draw.below(features.items));
  const expected = bruteForceNeighbours(features);
  const agreeing = [...checked].filter((row) => {
    const found = graph.columnIndices.subarray(graph.rowOffsets[row], graph.rowOffsets[row + 1]);
    return `${expected(row, found.length)}` === `${found}`;
  });
  return { rows: checked.size, agreeing: agreeing.length };
}
