import type { JobChoice } from '../comparison/default-jobs.js';

/** How many runs go at a time; and why, where it is less than the cores would take. */
export function describeJobs({ jobs, limit, bytesPerRun, freeBytes }: JobChoice): string {
  const count = `${jobs} at a time`;
  if (limit === 'workers') return `by the workers of the queue`;
  if (limit === 'gpu') return `${count}, since they share the GPU (--jobs N takes more)`;
  if (limit !== 'memory') return count;
  const [need, free] = [bytesPerRun, freeBytes].map((bytes) => `${(bytes / 1e9).toFixed(1)} GB`);
  return `${count}, since a run may need ${need} of memory and ${free} are free (--jobs N takes more)`;
}
