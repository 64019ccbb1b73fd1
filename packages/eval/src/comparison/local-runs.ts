import { isStorageError } from '@balanced-rec/files';
import { thisMachine } from '../machine/this-machine.js';
import { expectMemory, largestNeed } from '../memory/memory-need.js';
import type { Plan, PlannedRun } from '../plan/plan.js';
import { runInWorker } from '../worker/worker-process.js';
import type { PlaceContext, PlanStart, RunPlace } from './run-place.js';
import { chooseJobs, type JobChoice, schedule } from './schedule.js';

/** Executes runs in processes on this machine. */
export async function localRuns(context: PlaceContext): Promise<RunPlace> {
  const storage = new AbortController();
  const signal = AbortSignal.any([storage.signal, ...(context.signal ? [context.signal] : [])]);
  return {
    begin: async (plan, kept) => ({ kept, choice: await jobsFor(plan, kept, context.jobs, signal) }),
    perform: ({ runs }, start, refused) => {
      const perform = async (run: PlannedRun) => {
        const refusal = refused.get(run.id);
        if (refusal) {
          context.listener.failed(run, refusal);
          throw refusal;
        }
        await performRun(run, start, { ...context, signal }, storage);
      };
      return schedule(runs, start.choice.jobs, perform, signal);
    },
    close: async () => {},
  };
}

/** Chooses how many of the open runs go at a time. @throws BalancedRecError `run/too-little-memory` */
async function jobsFor(
  plan: Plan,
  kept: ReadonlySet<string>,
  asked: number | undefined,
  signal: AbortSignal,
): Promise<JobChoice> {
  const toDo = plan.runs.filter(({ id }) => !kept.has(id));
  const need = await largestNeed(toDo, plan, signal);
  const machine = thisMachine();
  if (need) expectMemory(need, machine.freeBytes);
  const usesGpu = toDo.some(({ settings }) => settings.engine === 'gpu');
  return chooseJobs(asked, { bytesPerRun: need?.bytes ?? 0, usesGpu }, machine);
}

/**
 * Executes a run or a trial in its own process, unless it is finished.
 * @param storage ends all runs when nothing can be saved any more
 */
async function performRun(
  run: PlannedRun,
  { kept }: PlanStart,
  { listener, signal, checkpointSeconds, saveInteractions, store }: PlaceContext & { readonly signal: AbortSignal },
  storage: AbortController,
): Promise<void> {
  if (kept.has(run.id)) return;
  const { id, settings, trial } = run;
  listener.started(run);
  // Without this, runs would keep writing to a folder that nobody finds: a new one in its place, or one on a removed disk.
  const expectInPlace = async () => {
    if (!(await store.isInPlace())) storage.abort(store.gone());
  };
  try {
    await runInWorker(
      {
        ...{ settings, out: store.folder, checkpointSeconds, saveInteractions },
        trial: trial && { id, values: trial.values },
      },
      {
        onEvent: (event) => {
          listener.event(run, event);
          void expectInPlace();
        },
        onDamage: (damage) => listener.damaged?.(damage),
        onPrint: (line) => listener.printed?.(run, line),
        signal,
      },
    );
    if (trial) listener.tried(run, (await store.findTrial(id)) ?? raise(store.gone()));
    else listener.finished(run, (await store.find(id)) ?? raise(store.gone()));
  } catch (error) {
    if (isStorageError(error)) storage.abort(error);
    if (signal.aborted) listener.stopped(run);
    else listener.failed(run, error);
    throw error;
  }
}

function raise(error: Error): never {
  throw error;
}
