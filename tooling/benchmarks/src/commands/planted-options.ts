import type { SyntheticOptions } from '@balanced-rec/datasets';
import { positiveInteger, wholeNumber } from '../option-values.js';

/** Options for parseArgs. */
export const plantedOptions = {
  interactions: { type: 'string', default: '10000000' },
  items: { type: 'string', default: '50000' },
  'per-user': { type: 'string', default: '20' },
  candidates: { type: 'string', default: '1000' },
  seed: { type: 'string', default: '1' },
} as const;

export type PlantedValues = { readonly [option in keyof typeof plantedOptions]: string };

export const plantedUsage = '[--interactions N] [--items N] [--per-user N] [--candidates N] [--seed N]';

/** Options for a planted dataset of about this many interactions, with the default modalities of `balanced-rec synth`. */
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
