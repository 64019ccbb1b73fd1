import { SPLITS, type Split } from '@balanced-rec/ckd-core';
import { BalancedRecError } from '@balanced-rec/errors';
import { type OpenModel, openModel, startEngine } from '@balanced-rec/models';
import type { Command } from 'commander';
import { type EngineFlags, withEngineOptions } from '../options/engine-options.js';
import { commaSeparated, oneOf } from '../options/option-values.js';

/** The options of every command that uses a saved model. */
export interface ModelFlags extends EngineFlags {
  readonly data?: string;
  readonly observed?: readonly string[];
  readonly seen: string;
  readonly ids?: string;
}

/** The description of `--no-interactions` in commands that save models. */
export const NO_INTERACTIONS =
  "save models without the users' interactions, which are user data; excluding those items from lists then needs --data";

/** Adds the model folder and the options for opening it. */
export function withModelOptions(command: Command): Command {
  return withEngineOptions(
    command
      .argument('<model>', 'a model folder written by `train` or `compare`')
      .option(
        '-d, --data <dir>',
        'the dataset folder that the model was trained on; required with --observed and for models saved by version 0.1',
      )
      .option(
        '--observed <modalities>',
        'rank with these modalities only, comma-separated (default: as trained)',
        commaSeparated('--observed'),
      )
      .option('--seen <splits>', "exclude each user's items in these splits: train,validation,test or none", 'train')
      .option('--ids <kind>', 'the ids of users and items: original or number (default: original if known)'),
  );
}

/** @throws BalancedRecError `cli/bad-option`, and what `openModel` throws */
export async function openNamedModel(folder: string, flags: ModelFlags): Promise<OpenModel> {
  const seen = splitsNamed(flags.seen);
  const byNumber = flags.ids !== undefined && oneOf('--ids', ['original', 'number'])(flags.ids) === 'number';
  await startEngine(flags.engine, '--engine');
  const model = await openModel(folder, {
    data: flags.data,
    packageName: flags.package,
    observed: flags.observed,
    seen,
    byNumber,
  });
  if (flags.ids === 'original' && !(model.users.areOriginal && model.items.areOriginal))
    throw noOriginals(flags.data ?? folder);
  return model;
}

function splitsNamed(text: string): Split[] {
  if (text === 'none') return [];
  return commaSeparated('--seen')(text).map(oneOf('--seen', SPLITS));
}

function noOriginals(place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'cli/bad-option',
    message: 'the original ids are unknown',
    place: '--ids original',
    expected: 'users.tsv with the columns id and user_id, items.tsv with id and item_id',
    found: `none in ${place}`,
    remedy: 'use numbers instead, or prepare the dataset with `balanced-rec prepare` and train again',
  });
}
