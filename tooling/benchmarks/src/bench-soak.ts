import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { EngineName } from '@balanced-rec/tfjs-kernels';
import autocannon from 'autocannon';
import { type ProcessUsage, processUsage } from './process-usage.js';
import type { ServedTables } from './serve-process.js';
import type { TrainingRound } from './soak-training-process.js';
import { describeVersions } from './versions.js';

export interface TrainingTask {
  readonly data: string;
  readonly engine: EngineName | 'auto';
  /** The maximum for each model and each teacher. */
  readonly epochs: number;
}

export interface SoakOptions extends TrainingTask {
  readonly minutes: number;
  /** Time between samples, during which the service is under load. */
  readonly sampleSeconds: number;
  readonly requestsPerSecond: number;
}

interface Sample {
  readonly minute: number;
  /** Completed rounds of training. */
  readonly rounds: number;
  readonly training: ProcessUsage;
  readonly service: ProcessUsage;
}

const tables = { users: 20_000, items: 7_050, dimension: 64 };

/**
 * Runs training and evaluation in one process and serving in another for hours, sampling both from outside. Their resources must
 * level off: each quantity's median over the last quarter of the samples is compared with its median over the second quarter.
 */
export async function benchSoak({ minutes, sampleSeconds, requestsPerSecond, ...task }: SoakOptions) {
  const training = start('soak-training-process', task);
  const rounds: TrainingRound[] = [];
  training.on('message', (round: TrainingRound) => rounds.push(round));
  const served: ServedTables = { ...tables, engine: task.engine };
  const service = start('serve-process', served);
  try {
    const [url] = (await once(service, 'message')) as [string];
    const answers = { answered: 0, refused: 0, errors: 0 };
    const samples: Sample[] = [];
    const began = performance.now();
    const elapsed = () => (performance.now() - began) / 60_000;
    while (elapsed() < minutes) {
      const load = await autocannon({
        url,
        connections: 8,
        overallRate: requestsPerSecond,
        duration: sampleSeconds,
        requests: [{ setupRequest: (request) => ({ ...request, path: randomPath() }) }],
      });
      answers.answered += load['2xx'];
      answers.refused += load.non2xx;
      answers.errors += load.errors;
      samples.push({
        minute: Number(elapsed().toFixed(1)),
        rounds: rounds.length,
        training: processUsage(alive(training)),
        service: processUsage(alive(service)),
      });
      process.stderr.write(`${JSON.stringify(samples.at(-1))}\n`);
    }
    return {
      versions: describeVersions(),
      settings: { ...task, minutes, sampleSeconds, requestsPerSecond, served },
      answers,
      levels: {
        training: levels(samples.map((sample) => sample.training)),
        service: levels(samples.map((sample) => sample.service)),
        rounds: levels(rounds.map(({ round: _, ...left }) => left)),
      },
      samples,
      rounds,
    };
  } finally {
    await Promise.all([training, service].map(end));
  }
}

function start(name: string, task: object): ChildProcess {
  // Engine output must not end up in the document on stdout.
  return fork(fileURLToPath(new URL(`./${name}.ts`, import.meta.url)), [JSON.stringify(task)], {
    stdio: ['ignore', 2, 'inherit', 'ipc'],
  });
}

function alive({ pid, exitCode, signalCode }: ChildProcess): number {
  if (pid !== undefined && exitCode === null && signalCode === null) return pid;
  throw new Error(`a process of the soak test exited with ${signalCode ?? exitCode}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}

function randomPath(): string {
  return `/v1/users/${Math.floor(Math.random() * tables.users)}/recommendations?k=10`;
}

type Levels<Key extends string> = Record<Key, { readonly secondQuarter: number; readonly lastQuarter: number }>;

/** Medians of each quantity over the second and last quarters. The first quarter is warm-up. */
function levels<Key extends string>(samples: readonly Readonly<Record<Key, number>>[]): Levels<Key> {
  const quarter = Math.max(1, Math.floor(samples.length / 4));
  const names = Object.keys(samples[0] ?? {}) as Key[];
  const ofEach = names.map((name) => {
    const values = samples.map((sample) => sample[name]);
    const level = {
      secondQuarter: median(values.slice(quarter, 2 * quarter)),
      lastQuarter: median(values.slice(-quarter)),
    };
    return [name, level];
  });
  return Object.fromEntries(ofEach);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
