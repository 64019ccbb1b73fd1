import { BalancedRecError, type ErrorDetails } from '@balanced-rec/errors';
import { type GraphMeasurement, type GraphTask, measureGraph } from './measure-graph.js';

/** What this process answers to the one that started it. */
export type GraphReport =
  | { readonly measurement: GraphMeasurement }
  | { readonly details: ErrorDetails }
  | { readonly stack: string };

process.once('message', async (task: GraphTask) => {
  process.send!(await report(task), () => process.disconnect());
});

async function report(task: GraphTask): Promise<GraphReport> {
  try {
    return { measurement: await measureGraph(task) };
  } catch (error) {
    if (!(error instanceof BalancedRecError)) return { stack: String((error as Error).stack ?? error) };
    // A cause does not travel between processes.
    const { cause: _, ...details } = error.details;
    return { details };
  }
}
