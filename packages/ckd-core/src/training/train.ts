import { BalancedRecError } from '@balanced-rec/errors';
import * as tf from '@tensorflow/tfjs-core';
import type { ParameterSnapshot } from '../adapter/parameter-set.js';
import type { Triples } from '../adapter/representation.js';
import type { RandomStreams } from '../random/random-streams.js';
import { Adam } from './adam.js';
import { EarlyStopping } from './early-stopping.js';
import { lossGradients } from './loss-gradients.js';
import type { Objective } from './objective.js';
import type { Protocol } from './protocol.js';
import type { Sampler } from './samplers.js';

/** What an evaluation on the validation split says. */
export interface Validation {
  /** What model selection maximises, for example Recall@20. */
  readonly score: number;
  readonly metrics: Readonly<Record<string, number>>;
  /** The same metrics for uni-modal views of the model, by view name. */
  readonly views?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** One epoch as it went: means over its steps, and the evaluation if it had one. */
export interface EpochRecord {
  readonly epoch: number;
  readonly losses: Readonly<Record<string, number>>;
  readonly measures: Readonly<Record<string, number>>;
  readonly validation?: Validation;
}

/** What `onEvent` hears: every epoch, and evaluations as part of theirs. */
export interface EpochEvent extends EpochRecord {
  readonly type: 'epoch';
  readonly bestEpoch: number;
  readonly bestScore: number;
  readonly maxEpochs: number;
}

export interface TrainOptions {
  readonly objective: Objective;
  readonly sampler: Sampler;
  readonly random: RandomStreams;
  readonly protocol: Pick<
    Protocol,
    'learningRate' | 'learningRateSchedule' | 'evaluateEvery' | 'patience' | 'maxEpochs'
  >;
  /** Evaluates the model as it stands. */
  readonly validate: () => Validation;
  readonly onEvent?: (event: EpochEvent) => void;
  /** Ends training between two steps; `train` then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

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
 * @throws BalancedRecError `training/diverged` as soon as an epoch's loss or score is not finite
 */
export async function train(options: TrainOptions): Promise<TrainingResult> {
  const { objective, protocol, validate, onEvent } = options;
  const adam = new Adam(objective.parameters, { learningRate: protocol.learningRate });
  const stopping = new EarlyStopping(protocol.patience);
  const history: EpochRecord[] = [];
  const breath = new Breath();
  let best: { epoch: number; validation: Validation; parameters: ParameterSnapshot } | undefined;
  try {
    for (let epoch = 1; epoch <= protocol.maxEpochs && !stopping.exhausted; epoch++) {
      const means = await trainEpoch(epoch, adam, breath, options);
      const due = epoch % protocol.evaluateEvery === 0 || epoch === protocol.maxEpochs;
      const validation = due ? validate() : undefined;
      if (validation && stopping.observe(finiteScore(validation.score, epoch))) {
        // Let go before the next is made: with trained feature tables one copy of the parameters may be most of the memory.
        best = undefined;
        best = { epoch, validation, parameters: objective.parameters.snapshot() };
      }
      const record: EpochRecord = { epoch, ...means, ...(validation ? { validation } : {}) };
      history.push(record);
      onEvent?.({
        type: 'epoch',
        ...record,
        bestEpoch: best?.epoch ?? 0,
        bestScore: stopping.bestScore,
        maxEpochs: protocol.maxEpochs,
      });
    }
  } finally {
    adam.dispose();
  }
  objective.parameters.restore(best!.parameters);
  return {
    bestEpoch: best!.epoch,
    best: best!.validation,
    epochs: history.length,
    stoppedBy: stopping.exhausted ? 'patience' : 'maxEpochs',
    history,
  };
}

type Means = Pick<EpochRecord, 'losses' | 'measures'>;

async function trainEpoch(epoch: number, adam: Adam, breath: Breath, options: TrainOptions): Promise<Means> {
  const { objective, sampler, random, signal, protocol } = options;
  objective.beginEpoch?.(epoch, random);
  const factor = protocol.learningRateSchedule === 'backbone' ? (objective.learningRateFactor?.(epoch) ?? 1) : 1;
  adam.learningRate = protocol.learningRate * factor;
  const sums = new StepSums();
  try {
    for (const batch of sampler.epoch()) {
      signal?.throwIfAborted();
      sums.add(trainStep(objective, adam, batch));
      await breath.take();
    }
    return sums.means(epoch);
  } finally {
    sums.dispose();
  }
}

/** Lets timers, signals and the progress display run every 50 ms, however short the epochs; steps themselves are synchronous. */
class Breath {
  #last = performance.now();

  async take(): Promise<void> {
    if (performance.now() - this.#last <= 50) return;
    await new Promise((resolve) => setTimeout(resolve));
    this.#last = performance.now();
  }
}

interface StepValues {
  readonly names: readonly string[];
  readonly termCount: number;
  /** `[names.length]` */
  readonly values: tf.Tensor1D;
}

function trainStep(objective: Objective, adam: Adam, batch: Triples): StepValues {
  return tf.tidy(() => {
    const { terms, measures = {}, gradients } = lossGradients(objective, batch);
    adam.step(gradients);
    const scalars = [...Object.values(terms), ...Object.values(measures)];
    const values = tf.stack(scalars.map((scalar) => tf.reshape(scalar, []))) as tf.Tensor1D;
    return {
      names: [...Object.keys(terms), ...Object.keys(measures)],
      termCount: Object.keys(terms).length,
      values,
    };
  });
}

/** Adds the steps' values up on the engine and reads them once per epoch. */
class StepSums {
  #sum: tf.Tensor1D | undefined;
  #names: readonly string[] = [];
  #termCount = 0;
  #steps = 0;

  add({ names, termCount, values }: StepValues): void {
    const previous = this.#sum;
    this.#sum = previous ? tf.add<tf.Tensor1D>(previous, values) : values;
    if (previous) {
      previous.dispose();
      values.dispose();
    }
    [this.#names, this.#termCount] = [names, termCount];
    this.#steps += 1;
  }

  means(epoch: number): Means {
    const means = [...this.#sum!.dataSync()].map((sum) => sum / this.#steps);
    const named = this.#names.map((name, k) => [name, means[k]!] as const);
    const broken = named.find(([, mean]) => !Number.isFinite(mean));
    if (broken) throw diverged(epoch, `the mean of "${broken[0]}" is ${broken[1]}`);
    return {
      losses: Object.fromEntries(named.slice(0, this.#termCount)),
      measures: Object.fromEntries(named.slice(this.#termCount)),
    };
  }

  dispose(): void {
    this.#sum?.dispose();
  }
}

function finiteScore(score: number, epoch: number): number {
  if (Number.isFinite(score)) return score;
  throw diverged(epoch, `the validation score is ${score}`);
}

function diverged(epoch: number, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'training/diverged',
    message: 'training diverged',
    place: `epoch ${epoch}`,
    expected: 'finite losses and scores',
    found,
    remedy: 'lower the learning rate, or check the features for extreme values',
  });
}
