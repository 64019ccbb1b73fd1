export { type CancelOptions, cancel } from './queue/cancel.js';
export { type QueueAddress, queuedRuns } from './queue/queued-runs.js';
export { type WorkOptions, work } from './queue/work.js';
