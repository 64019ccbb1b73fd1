import { Adam } from '../optimizer/adam.js';
import { EarlyStopping } from './early-stopping.js';
import { type EpochRecord, type Validation, validateEpoch } from './epoch-record.js';
import type { Protocol } from './protocol.js';
import { Breath, type EpochOptions, trainEpoch } from './train-epoch.js';
import { type BestEpoch, restoreTraining, saveTraining, type TrainingState } from './training-state.js';

/** The event passed to `onEvent` after every epoch, including its evaluation if it had one. */
export interface EpochEvent extends EpochRecord {
  readonly type: 'epoch';
  readonly bestEpoch: number;
  readonly bestScore: number;
  readonly maxEpochs: number;
}

/** Options of {@link train}: what it minimises, on which batches, and when it stops. */
export interface TrainOptions extends EpochOptions {
  readonly protocol: EpochOptions['protocol'] & Pick<Protocol, 'evaluateEvery' | 'patience' | 'maxEpochs'>;
  /** Evaluates the current model. */
  readonly validate: () => Validation;
  /** Called at the end of every epoch. */
  readonly onEvent?: ((event: EpochEvent) => void) | undefined;
  /** Stores the state from which an interrupted training resumes. Without it, training always starts from the beginning. */
  readonly checkpoints?: TrainingCheckpoints | undefined;
}

/** Stores the state of a training in progress. */
export interface TrainingCheckpoints {
  /** The state to resume from, if there is one. */
  load(): Promise<TrainingState | undefined>;
  /** Called after every epoch. Collecting and writing `state` costs time and memory, so the callee decides how often to do it. */
  offer(state: () => TrainingState): Promise<void>;
}

/** The result of a training. */
export interface TrainingResult {
  /** The epoch whose parameters the model now has. */
  readonly bestEpoch: number;
  readonly best: Validation;
  readonly epochs: number;
  readonly stoppedBy: 'patience' | 'maxEpochs';
  readonly history: readonly EpochRecord[];
}

/**
 * Trains until the validation score has not risen for `patience` evaluations, then restores the best epoch's parameters.
 * Resuming from a checkpoint gives the same result as training without interruption, bit for bit on the same machine and engine.
 * @throws BalancedRecError `training/diverged` within a few steps of the first non-finite loss, naming epoch, step and term
 */
export async function train(options: TrainOptions): Promise<TrainingResult> {
  const { objective, protocol, random, validate, onEvent, checkpoints } = options;
  const { parameters } = objective;
  const adam = new Adam(parameters, { learningRate: protocol.learningRate });
  const stopping = new EarlyStopping(protocol.patience);
  const parts = { parameters, adam, random, stopping };
  const history: EpochRecord[] = [];
  const breath = new Breath();
  let best: BestEpoch | undefined;
  try {
    const saved = await checkpoints?.load();
    if (saved) {
      best = restoreTraining(saved, parts);
      history.push(...saved.progress.history);
    }
    for (let epoch = history.length + 1; epoch <= protocol.maxEpochs && !stopping.exhausted; epoch++) {
      const means = await trainEpoch(epoch, adam, breath, options);
      const due = epoch % protocol.evaluateEvery === 0 || epoch === protocol.maxEpochs;
      const validation = due ? validateEpoch(validate, epoch) : undefined;
      if (validation && stopping.observe(validation.score)) {
        // Released before the next snapshot is taken: with trained feature tables one copy of the parameters may be most of the memory.
        best = undefined;
        best = { epoch, validation, parameters: parameters.snapshot() };
      }
      // Absent values are omitted: the records of a resumed training come from JSON, which has no undefined.
      const record: EpochRecord = { epoch, ...means, ...(validation && { validation }) };
      history.push(record);
      onEvent?.({
        type: 'epoch',
        ...record,
        bestEpoch: best?.epoch ?? 0,
        bestScore: stopping.bestScore,
        maxEpochs: protocol.maxEpochs,
      });
      await checkpoints?.offer(() => saveTraining(parts, history, best));
    }
  } finally {
    adam.dispose();
  }
  parameters.restore(best!.parameters);
  return {
    bestEpoch: best!.epoch,
    best: best!.validation,
    epochs: history.length,
    stoppedBy: stopping.exhausted ? 'patience' : 'maxEpochs',
    history,
  };
}
