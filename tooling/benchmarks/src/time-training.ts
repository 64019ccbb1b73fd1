import { type EpochRecord, type Objective, protocols, type TrainOptions, train } from '@balanced-rec/ckd-core';
import { median } from './timing.js';

export interface TimedTraining extends Pick<TrainOptions, 'objective' | 'sampler' | 'random'> {
  readonly epochs: number;
  /** How many steps of an epoch to take after its first; all by default. */
  readonly steps?: number | undefined;
  /** Evaluates after each epoch; a constant score, which costs nothing, by default. */
  readonly validate?: TrainOptions['validate'];
}

/** Median milliseconds. */
export interface TrainingTimes {
  /** A step of an epoch that has begun, with the drawing of its batch. */
  readonly step: number;
  /** The beginning of an epoch with its first step, which is where backbones prune or rebuild graphs. */
  readonly epochStart: number;
  /** An epoch without its evaluation. */
  readonly epoch: number;
  /** `steps`: the epoch is its start and as many median steps as it would have had. */
  readonly epochFrom: 'measured' | 'steps';
  readonly evaluation: number;
  readonly history: readonly EpochRecord[];
}

/**
 * Times an ordinary run of `train`, by listening to when it begins an epoch, asks for a batch and evaluates.
 * The protocol is MMRec's, except that nothing stops it early.
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
  /** The first has the beginning of the epoch in it. */
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

  /** Steps of the epoch after its first. */
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
    // An epoch of one step has no other.
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
