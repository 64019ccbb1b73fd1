import { fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { BalancedRecError, type ErrorDetails } from '@balanced-rec/errors';
import type { Damage, DamageListener } from '@balanced-rec/files';
import type { RunSettings } from '../plan/run-settings.js';
import type { RunEvent } from '../runs/run-options.js';
import type { TrialTask } from '../runs/run-variant.js';

/** What the coordinator sends to a worker process. */
export interface WorkerTask {
  readonly settings: RunSettings;
  /** The comparison's output folder. */
  readonly out: string;
  readonly checkpointSeconds: number;
  /** Whether the model keeps its users' interactions. */
  readonly saveInteractions: boolean;
  /** Set for a trial of a search. */
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
 * One thread for TensorFlow's own operations, because their summation order depends on the number of threads: if that depended on the
 * number of runs at a time, `--jobs` would change the results. Parallel runs use the cores instead. A value set by the user takes
 * precedence.
 */
const oneThread: NodeJS.ProcessEnv = { TF_NUM_INTRAOP_THREADS: process.env.TF_NUM_INTRAOP_THREADS ?? '1' };

export interface WorkerOptions {
  readonly onEvent: (event: RunEvent) => void;
  readonly onDamage: DamageListener;
  /** Called for each line that libraries or Node.js in the process write to standard output or error. */
  readonly onPrint: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Executes a run in its own process.
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
      'run the same command again; finished runs are kept. After SIGKILL, the machine may have run out of memory: use fewer --jobs',
  });
}
