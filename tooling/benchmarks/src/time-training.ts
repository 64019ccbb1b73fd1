import { type EpochRecord, type Objective, protocols, type TrainOptions, train } from '@balanced-rec/ckd-core';
import { median } from './timing.js';

export interface TimedTraining extends Pick<TrainOptions, 'objective' | 'sampler' | 'random'> {
  readonly epochs: number;
  /** Steps per epoch after its first step. Defaults to all. */
  readonly steps?: number | undefined;
  /** Evaluates after each epoch. Defaults to a constant score, which costs nothing. */
  readonly validate?: TrainOptions['validate'];
}

/** Medians in milliseconds. */
export interface TrainingTimes {
  /** A step after the first of an epoch, including sampling its batch. */
  readonly step: number;
  /** The start of an epoch, where backbones prune or rebuild graphs, including its first step. */
  readonly epochStart: number;
  /** An epoch without its evaluation. */
  readonly epoch: number;
  /** `steps`: extrapolated from the epoch's start and the median step. */
  readonly epochFrom: 'measured' | 'steps';
  readonly evaluation: number;
  readonly history: readonly EpochRecord[];
}

/**
 * Times an ordinary run of `train` by observing when it begins an epoch, requests a batch and evaluates.
 * The protocol is MMRec's, but without early stopping.
 */
export async function timeTraining({ objective, sampler, random, ...options }: TimedTraining): Promise<TrainingTimes> {
  const { epochs, steps = Number.POSITIVE_INFINITY, validate = () => ({ score: 0, metrics: {} }) } = options;
  const clock = new TrainingClock();
  const timed: Objective = {
    ...objective,
    beginEpoch: (epoch, streams) => {
      clock.beginEpoch();
      objective.beginEpoch?.(epoch, streams);
    },
  };
  const { history } = await train({
    objective: timed,
    sampler: {
      steps: sampler.steps,
      *epoch() {
        for (const batch of sampler.epoch()) {
          yield batch;
          clock.stepEnded();
          if (clock.steadySteps >= steps) return;
        }
      },
    },
    random,
    protocol: { ...protocols.mmrec, evaluateEvery: 1, patience: epochs, maxEpochs: epochs },
    validate: () => clock.evaluation(validate),
  });
  return { ...clock.times(sampler.steps), history };
}

interface EpochTimes {
  /** The first includes the start of the epoch. */
  readonly steps: number[];
  whole: number;
}

class TrainingClock {
  readonly #epochs: EpochTimes[] = [];
  readonly #evaluations: number[] = [];
  #epochBegan = 0;
  #stepBegan = 0;

  get #epoch(): EpochTimes {
    return this.#epochs.at(-1)!;
  }

  /** Steps in this epoch after its first step. */
  get steadySteps(): number {
    return this.#epoch.steps.length - 1;
  }

  beginEpoch(): void {
    this.#epochs.push({ steps: [], whole: 0 });
    this.#epochBegan = this.#stepBegan = performance.now();
  }

  stepEnded(): void {
    const now = performance.now();
    this.#epoch.steps.push(now - this.#stepBegan);
    this.#stepBegan = now;
  }

  /** An evaluation ends the epoch before it. */
  evaluation<T>(work: () => T): T {
    const start = performance.now();
    this.#epoch.whole = start - this.#epochBegan;
    const result = work();
    this.#evaluations.push(performance.now() - start);
    return result;
  }

  times(stepsPerEpoch: number): Omit<TrainingTimes, 'history'> {
    const isWhole = this.#epochs.every(({ steps }) => steps.length === stepsPerEpoch);
    const starts = this.#epochs.map(({ steps }) => steps[0]!);
    // An epoch of one step has no later steps.
    const steady = this.#epochs.map(({ steps }) => (steps.length > 1 ? steps.slice(1) : steps));
    const wholes = this.#epochs.map(({ whole }, k) =>
      isWhole ? whole : starts[k]! + (stepsPerEpoch - 1) * median(steady[k]!),
    );
    return {
      step: median(steady.flat()),
      epochStart: median(starts),
      epoch: median(wholes),
      epochFrom: isWhole ? 'measured' : 'steps',
      evaluation: median(this.#evaluations),
    };
  }
}
