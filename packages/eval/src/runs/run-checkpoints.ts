import type { TrainingCheckpoints } from '@balanced-rec/ckd-core';
import { TrainingCheckpointFile } from '@balanced-rec/ckd-core/node';
import { checkpointIdentity } from '../plan/run-identity.js';
import type { RunClock, SavedTimes } from './run-clock.js';
import type { RunOptions } from './run-variant.js';

/** The state of a run in a file, and its times so far beside it, from which `clock` goes on as well. */
export function runCheckpoints(
  { file, everySeconds }: NonNullable<RunOptions['progress']>,
  options: RunOptions,
  clock: RunClock,
): TrainingCheckpoints {
  const checkpoints = new TrainingCheckpointFile(file, {
    identity: checkpointIdentity(options),
    everySeconds,
    notes: () => clock.save(),
    ...(options.onDamage ? { onDamage: options.onDamage } : {}),
  });
  return {
    load: async () => {
      const state = await checkpoints.load();
      if (state) clock.goOnFrom(checkpoints.savedNotes as SavedTimes);
      return state;
    },
    offer: (state) => checkpoints.offer(state),
  };
}
