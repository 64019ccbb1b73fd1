import { fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { BalancedRecError, type ErrorDetails } from '@balanced-rec/errors';
import type { Damage, DamageListener } from '@balanced-rec/files';
import type { RunSettings } from '../plan/run-settings.js';
import type { RunEvent } from '../runs/run-options.js';
import type { TrialTask } from '../runs/run-variant.js';

/** What the coordinator asks of a worker process. */
export interface WorkerTask {
  readonly settings: RunSettings;
  /** The comparison's output folder. */
  readonly out: string;
  readonly checkpointSeconds: number;
  /** Whether the model keeps what its users had. */
  readonly saveInteractions: boolean;
  /** It is a trial of a search. */
  readonly trial?: TrialTask | undefined;
}

/** What a worker process reports. */
export type WorkerReport =
  | { readonly type: 'event'; readonly event: RunEvent }
  | { readonly type: 'damaged'; readonly damage: Damage }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly details: ErrorDetails; readonly stack?: string };

const isSource = import.meta.url.endsWith('.ts');
const workerFile = fileURLToPath(new URL(isSource ? '../worker.ts' : './worker.js', import.meta.url));

/**
 * One thread in TensorFlow's own operations, for they add up in an order that depends on the number of threads: with a number that
 * followed from how many runs go on at a time, `--jobs` would change the results. Runs at a time use the cores instead. What a user
 * has set stands.
 */
const oneThread: NodeJS.ProcessEnv = { TF_NUM_INTRAOP_THREADS: process.env.TF_NUM_INTRAOP_THREADS ?? '1' };

export interface WorkerOptions {
  readonly onEvent: (event: RunEvent) => void;
  readonly onDamage: DamageListener;
  /** Hears each line that something in the process writes to its standard output or error: libraries, Node.js itself. */
  readonly onPrint: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does a run in a process of its own.
 * @throws the run's error; `run/crashed` if the process dies without saying why; the signal's reason when aborted
 */
export function runInWorker(task: WorkerTask, { onEvent, onDamage, onPrint, signal }: WorkerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(workerFile, {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, ...oneThread },
    });
    for (const stream of [child.stdout!, child.stderr!]) createInterface(stream).on('line', onPrint);
    const stop = () => child.kill('SIGTERM');
    signal?.addEventListener('abort', stop, { once: true });
    let outcome: WorkerReport | undefined;
    child.on('message', (report: WorkerReport) => {
      if (report.type === 'event') onEvent(report.event);
      else if (report.type === 'damaged') onDamage(report.damage);
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
