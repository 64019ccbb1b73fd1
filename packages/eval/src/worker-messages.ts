import type { ErrorDetails } from '@balanced-rec/errors';
import type { Damage } from '@balanced-rec/files';
import type { RunSettings } from './runs/run-settings.js';
import type { TrialTask } from './runs/run-trial.js';
import type { RunEvent } from './runs/run-variant.js';

/** What the coordinator asks of a worker process. */
export interface WorkerTask {
  readonly settings: RunSettings;
  /** The comparison's output folder. */
  readonly out: string;
  readonly checkpointSeconds: number;
  /** It is a trial of a search. */
  readonly trial?: TrialTask;
}

/** What a worker process reports. */
export type WorkerReport =
  | { readonly type: 'event'; readonly event: RunEvent }
  | { readonly type: 'damaged'; readonly damage: Damage }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly details: ErrorDetails; readonly stack?: string };
