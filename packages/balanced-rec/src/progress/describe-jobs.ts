import type { JobChoice } from '@balanced-rec/eval';
import { gigabytes } from '@balanced-rec/eval';

/** How many runs go at a time, what they need, and why they are no more. */
export function describeJobs({ jobs, limit, bytesPerRun, freeBytes }: JobChoice): string {
  if (limit === 'workers') return 'by the workers of the queue';
  const count = `${jobs} at a time${limit === 'gpu' ? ', since they share the GPU (--jobs N takes more)' : ''}`;
  if (bytesPerRun === 0) return count;
  const needs = `a run needs about ${gigabytes(bytesPerRun)} GB of memory, and ${gigabytes(freeBytes)} GB are free`;
  return limit === 'memory' ? `${count}, since ${needs}` : `${count}; ${needs}`;
}
