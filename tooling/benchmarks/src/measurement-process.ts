import { BalancedRecError, type ErrorDetails } from '@balanced-rec/errors';
import { type MeasurementName, measurements, type TaskOf } from './measurements.js';

/** What this process is asked to do. */
export interface Assignment<Name extends MeasurementName> {
  readonly name: Name;
  readonly task: TaskOf<Name>;
}

/** What this process answers to the one that started it. */
export type Report = { readonly measurement: object } | { readonly details: ErrorDetails } | { readonly stack: string };

// Nobody is left to report to, whether the report was sent or the process that asked for it was ended.
process.once('disconnect', () => process.exit());

process.once('message', async (assignment: Assignment<MeasurementName>) => {
  process.send!(await report(assignment), () => process.disconnect());
});

async function report({ name, task }: Assignment<MeasurementName>): Promise<Report> {
  try {
    const measure = (await measurements[name]()) as (task: unknown) => Promise<object>;
    return { measurement: await measure(task) };
  } catch (error) {
    if (!(error instanceof BalancedRecError)) return { stack: String((error as Error).stack ?? error) };
    // A cause does not travel between processes.
    const { cause: _, ...details } = error.details;
    return { details };
  }
}
