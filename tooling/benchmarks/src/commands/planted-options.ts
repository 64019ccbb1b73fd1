import type { SyntheticOptions } from '@balanced-rec/datasets';
import { positiveInteger, wholeNumber } from '../option-values.js';

/** For parseArgs. */
export const plantedOptions = {
  interactions: { type: 'string', default: '10000000' },
  items: { type: 'string', default: '50000' },
  'per-user': { type: 'string', default: '20' },
  candidates: { type: 'string', default: '1000' },
  seed: { type: 'string', default: '1' },
} as const;

export type PlantedValues = { readonly [option in keyof typeof plantedOptions]: string };

export const plantedUsage = '[--interactions N] [--items N] [--per-user N] [--candidates N] [--seed N]';

/** A planted dataset of about so many interactions, with the modalities that `balanced-rec synth` has by default. */
export function readPlanted(values: PlantedValues): SyntheticOptions {
  const perUser = positiveInteger('--per-user', values['per-user']);
  return {
    seed: wholeNumber('--seed', values.seed),
    userCount: Math.max(1, Math.round(positiveInteger('--interactions', values.interactions) / perUser)),
    itemCount: positiveInteger('--items', values.items),
    interactionsPerUser: perUser,
    candidateCount: positiveInteger('--candidates', values.candidates),
  };
}
