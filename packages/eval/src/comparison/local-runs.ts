import { runInWorker } from '../worker-process.js';
import { chooseJobs } from './default-jobs.js';
import type { PlannedRun } from './plan.js';
import type { PlaceContext, PlanStart, RunPlace } from './run-place.js';
import { schedule } from './schedule.js';

/** Runs in processes of this machine. */
export async function localRuns(context: PlaceContext): Promise<RunPlace> {
  return {
    begin: async (plan, kept) => ({ kept, choice: chooseJobs(context.jobs, plan, kept) }),
    perform: ({ runs }, start, refused) => {
      const perform = async (run: PlannedRun) => {
        const refusal = refused.get(run.id);
        if (refusal) {
          context.listener.failed(run, refusal);
          throw refusal;
        }
        await performRun(run, start, context);
      };
      return schedule(runs, start.choice.jobs, perform, context.signal);
    },
    close: async () => {},
  };
}

/** Does a run or a trial in a process of its own, unless it is finished. */
async function performRun(
  run: PlannedRun,
  { kept }: PlanStart,
  { listener, signal, checkpointSeconds, store }: PlaceContext,
): Promise<void> {
  if (kept.has(run.id)) return;
  const { id, settings, trial } = run;
  listener.started(run);
  try {
    await runInWorker(
      { settings, out: store.folder, checkpointSeconds, ...(trial ? { trial: { id, values: trial.values } } : {}) },
      {
        onEvent: (event) => listener.event(run, event),
        onPrint: (line) => listener.printed?.(run, line),
        ...(signal ? { signal } : {}),
      },
    );
    if (trial) listener.tried(run, (await store.findTrial(id))!);
    else listener.finished(run, (await store.find(id))!);
  } catch (error) {
    if (signal?.aborted) listener.stopped(run);
    else listener.failed(run, error);
    throw error;
  }
}
