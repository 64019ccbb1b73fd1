import { readDataset } from '@balanced-rec/datasets';
import { BalancedRecError, type ErrorDetails } from '@balanced-rec/errors';
import { loadBackbone } from '@balanced-rec/models';
import { loadEngine } from '@balanced-rec/tfjs-kernels';
import { runAndSave } from './model/run-and-save.js';
import { runId } from './plan/run-settings.js';
import type { RunOptions } from './runs/run-options.js';
import { runTrial } from './runs/run-variant.js';
import { RunStore } from './store/run-store.js';
import type { WorkerReport, WorkerTask } from './worker/worker-process.js';

/** A worker process executes one run with its own engine and memory, saves its record, and exits. */
process.once('message', (task: WorkerTask) => {
  perform(task).then(
    () => finish({ type: 'done' }),
    (error: unknown) => finish(failure(error)),
  );
});
// Without a coordinator nobody needs the result. The coordinator may already be gone when this line is reached.
process.once('disconnect', () => process.exit(1));
if (!process.connected) process.exit(1);
// Ctrl-C reaches every process of the terminal; only the coordinator decides what it means.
process.on('SIGINT', () => {});

async function perform({ settings, out, checkpointSeconds, saveInteractions, trial }: WorkerTask): Promise<void> {
  const store = new RunStore(out);
  await loadEngine(settings.engine);
  const { name, path, modalities } = settings.dataset;
  const dataset = await readDataset(path, { name, modalities: [...modalities] });
  const definition = await loadBackbone(settings.backbone.name, settings.backbone.package);
  const options: RunOptions = {
    settings,
    dataset,
    definition,
    teachers: store.teachers,
    neighbours: store.neighbours,
    progress: { file: store.progressFile(trial?.id ?? runId(settings)), everySeconds: checkpointSeconds },
    onEvent: (event) => report({ type: 'event', event }),
    onDamage: (damage) => report({ type: 'damaged', damage }),
  };
  if (trial) return store.saveTrial(await runTrial(options, trial));
  await runAndSave(store, options, saveInteractions);
}

function report(message: WorkerReport): void {
  process.send?.(message);
}

function finish(message: WorkerReport): void {
  process.send?.(message, () => process.exit(0));
}

function failure(error: unknown): WorkerReport {
  const details: ErrorDetails =
    error instanceof BalancedRecError
      ? { ...error.details, cause: undefined }
      : {
          code: 'run/unexpected',
          message: 'this run failed with an unexpected error',
          found: String(error),
          remedy: 'report it with the trace below',
        };
  return { type: 'failed', details, ...(error instanceof Error && error.stack ? { stack: error.stack } : {}) };
}
