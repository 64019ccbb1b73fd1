import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { BalancedRecError } from '@balanced-rec/errors';
import type { RunEvent } from './runs/run-variant.js';
import type { WorkerReport, WorkerTask } from './worker-messages.js';

const isSource = import.meta.url.endsWith('.ts');
const workerFile = fileURLToPath(new URL(isSource ? './worker.ts' : './worker.js', import.meta.url));

/**
 * What keeps the threads of runs at a time from waiting for each other: TensorFlow starts as many per process as there are cores.
 * The wasm engine has one anyway. What a user has set stands.
 */
function threadsPerRun(jobs: number): NodeJS.ProcessEnv {
  if (process.env.TF_NUM_INTRAOP_THREADS !== undefined) return {};
  return { TF_NUM_INTRAOP_THREADS: String(Math.max(1, Math.floor(availableParallelism() / jobs))) };
}

export interface WorkerOptions {
  /** How many of them run at a time, which share the cores. */
  readonly jobs: number;
  readonly onEvent: (event: RunEvent) => void;
  /** Hears each line that something in the process writes to its standard output or error: libraries, Node.js itself. */
  readonly onPrint: (line: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Does a run in a process of its own.
 * @throws the run's error; `run/crashed` if the process dies without saying why; the signal's reason when aborted
 */
export function runInWorker(task: WorkerTask, { jobs, onEvent, onPrint, signal }: WorkerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(workerFile, {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, ...threadsPerRun(jobs) },
    });
    for (const stream of [child.stdout!, child.stderr!]) createInterface(stream).on('line', onPrint);
    const stop = () => child.kill('SIGTERM');
    signal?.addEventListener('abort', stop, { once: true });
    let outcome: WorkerReport | undefined;
    child.on('message', (report: WorkerReport) => {
      if (report.type === 'event') onEvent(report.event);
      else outcome = report;
    });
    child.on('error', reject);
    child.once('exit', (code, killedBy) => {
      signal?.removeEventListener('abort', stop);
      if (signal?.aborted) reject(signal.reason);
      else if (outcome?.type === 'done') resolve();
      else if (outcome?.type === 'failed') reject(runError(outcome));
      else reject(crash(task, killedBy ?? `exit code ${code}`));
    });
    child.send(task);
  });
}

function runError({ details, stack }: Extract<WorkerReport, { type: 'failed' }>): BalancedRecError {
  const error = new BalancedRecError(details);
  if (stack) error.stack = stack;
  return error;
}

function crash({ settings }: WorkerTask, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'run/crashed',
    message: `the process of this run ended without a result`,
    place: `${settings.dataset.name}, ${settings.backbone.name}, ${settings.variant}, seed ${settings.seed}`,
    expected: 'a finished run',
    found,
    remedy:
      'run the same command again; finished runs are kept. With SIGKILL, the machine may have run out of memory: use fewer --jobs',
  });
}
