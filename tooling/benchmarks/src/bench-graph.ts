import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { BalancedRecError } from '@balanced-rec/errors';
import type { GraphReport } from './graph-process.js';
import type { GraphMeasurement, GraphTask } from './measure-graph.js';
import { badOption } from './option-values.js';

export interface GraphBenchOptions extends Omit<GraphTask, 'items'> {
  readonly items: readonly number[];
}

const processFile = fileURLToPath(new URL('./graph-process.ts', import.meta.url));

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

/** Builds the exact kNN item graph of generated features, each size in a process of its own, for its own peak of memory. */
export async function benchGraph({ items, neighbours, ...task }: GraphBenchOptions) {
  const fewest = Math.min(...items);
  if (neighbours > fewest) {
    throw badOption('--neighbours', `at most the fewest items, ${fewest}`, String(neighbours));
  }
  const measurements: GraphMeasurement[] = [];
  // One after the other: they would share the machine's memory bandwidth.
  for (const count of items) measurements.push(await measureInProcess({ items: count, neighbours, ...task }));
  return { engine: measurements[0]!.engine, meaning, sizes: measurements.map(({ size }) => size) };
}

function measureInProcess(task: GraphTask): Promise<GraphMeasurement> {
  return new Promise((resolve, reject) => {
    // What an engine prints must not get into the document on stdout.
    const child = fork(processFile, {
      stdio: ['ignore', 2, 'inherit', 'ipc'],
      execArgv: [...process.execArgv, ...steadyHeap],
    });
    let report: GraphReport | undefined;
    child.on('message', (message: GraphReport) => {
      report = message;
    });
    child.on('error', reject);
    child.once('exit', (code, killedBy) => {
      if (!report) reject(crash(task, killedBy ?? `exit code ${code}`));
      else if ('measurement' in report) resolve(report.measurement);
      else reject('details' in report ? new BalancedRecError(report.details) : new Error(report.stack));
    });
    child.send(task);
  });
}

function crash({ items }: GraphTask, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'bench/crashed',
    message: 'the process of this size ended without a result',
    place: `${items} items`,
    expected: 'a finished graph',
    found,
    remedy: 'with SIGKILL, the machine may have run out of memory: ask for fewer --items',
  });
}
