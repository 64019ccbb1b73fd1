import type { RandomState, RandomStreams } from '@balanced-rec/distributions';
import type { ParameterSet, ParameterSnapshot } from '../adapter/parameter-set.js';
import type { NamedArray } from '../format/safetensors.js';
import type { Adam } from '../optimizer/adam.js';
import type { AdamState } from '../optimizer/dense-adam.js';
import type { EarlyStopping, EarlyStoppingState } from './early-stopping.js';
import type { EpochRecord, Validation } from './epoch-record.js';

/** The state of training between two epochs. Training resumes from it bit for bit, as if it had never stopped. */
export interface TrainingState {
  /** Parameters, the optimizer's moments, the best parameters so far. Values may be read on access. */
  readonly arrays: ReadonlyMap<string, NamedArray>;
  /** Everything else, as JSON. */
  readonly progress: TrainingProgress;
}

/** What a {@link TrainingState} holds besides the parameters. */
export interface TrainingProgress {
  readonly history: readonly EpochRecord[];
  readonly stopping: EarlyStoppingState | null;
  readonly best: { readonly epoch: number; readonly validation: Validation } | null;
  readonly random: Readonly<Record<string, RandomState>>;
  /** By parameter name. */
  readonly optimizer: Readonly<Record<string, AdamState['progress']>>;
}

/** The parts of a trainer that have state. */
export interface TrainingParts {
  readonly parameters: ParameterSet;
  readonly adam: Adam;
  readonly random: RandomStreams;
  readonly stopping: EarlyStopping;
}

/** The best epoch so far. */
export interface BestEpoch {
  readonly epoch: number;
  readonly validation: Validation;
  readonly parameters: ParameterSnapshot;
}

export function saveTraining(
  { parameters, adam, random, stopping }: TrainingParts,
  history: readonly EpochRecord[],
  best: BestEpoch | undefined,
): TrainingState {
  const optimizer = adam.save();
  const moments = [...optimizer].flatMap(([name, { arrays }]) =>
    [...arrays].map(([part, array]) => [`${part}/${name}`, array] as const),
  );
  return {
    arrays: new Map([
      ...prefixed('parameter', parameters.stored()),
      ...moments,
      ...prefixed('best', best?.parameters ?? new Map()),
    ]),
    progress: {
      history,
      stopping: stopping.save(),
      best: best ? { epoch: best.epoch, validation: best.validation } : null,
      random: random.save(),
      optimizer: Object.fromEntries([...optimizer].map(([name, { progress }]) => [name, progress])),
    },
  };
}

/** Restores everything and returns the best epoch. */
export function restoreTraining(
  { arrays, progress }: TrainingState,
  { parameters, adam, random, stopping }: TrainingParts,
): BestEpoch | undefined {
  parameters.restoreStored(unprefixed('parameter', arrays));
  const states = Object.entries(progress.optimizer).map(([name, own]): [string, AdamState] => {
    const parts = [...arrays].filter(([key]) => key.endsWith(`/${name}`));
    return [
      name,
      { arrays: new Map(parts.map(([key, array]) => [key.slice(0, -name.length - 1), array])), progress: own },
    ];
  });
  adam.restore(new Map(states));
  random.restore(progress.random);
  stopping.restore(progress.stopping);
  if (!progress.best) return undefined;
  return { ...progress.best, parameters: unprefixed('best', arrays) };
}

function prefixed(part: string, arrays: ReadonlyMap<string, NamedArray>): [string, NamedArray][] {
  return [...arrays].map(([name, array]) => [`${part}/${name}`, array]);
}

function unprefixed(part: string, arrays: ReadonlyMap<string, NamedArray>): Map<string, NamedArray> {
  const own = [...arrays].filter(([key]) => key.startsWith(`${part}/`));
  return new Map(own.map(([key, array]) => [key.slice(part.length + 1), array]));
}
