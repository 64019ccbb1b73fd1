import { BalancedRecError, type ErrorDetails } from '@balanced-rec/errors';
import { type MeasurementName, measurements, type TaskOf } from './measurements.js';

/** The task for this process. */
export interface Assignment<Name extends MeasurementName> {
  readonly name: Name;
  readonly task: TaskOf<Name>;
}

/** What this process reports to its parent. */
export type Report = { readonly measurement: object } | { readonly details: ErrorDetails } | { readonly stack: string };

// Nobody is listening any more: either the report was sent or the parent has exited.
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
    // A cause cannot be sent between processes.
    const { cause: _, ...details } = error.details;
    return { details };
  }
}
