import {
  RAW_FORMATS,
  type RawFormat,
  type SyntheticModality,
  type SyntheticOptions,
  type SyntheticRecord,
  synthesizeToFolder,
} from '@balanced-rec/datasets';
import type { BalancedRecError } from '@balanced-rec/errors';
import type { Command } from 'commander';
import {
  badOption,
  nonNegativeNumber,
  oneOf,
  positiveInteger,
  positiveNumber,
  wholeNumber,
} from '../options/option-values.js';
import { plantedModality } from '../options/planted-modality.js';
import { SynthesisLines } from '../progress/data-progress.js';
import { interruptionSignal } from './interruption.js';

interface SynthFlags {
  readonly users?: number;
  readonly items?: number;
  readonly perUser?: number;
  readonly candidates?: number;
  readonly seed: number;
  readonly name?: string;
  readonly factors?: number;
  readonly popularity?: number;
  readonly chance?: number;
  readonly modality?: readonly SyntheticModality[];
  readonly format: 'mmrec';
  readonly raw?: RawFormat;
  readonly gzip?: boolean;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

/** `balanced-rec synth OUT` */
export function addSynthCommand(program: Command): void {
  program
    .command('synth')
    .description('generate a dataset of any size in which the worth of each modality is known (docs/synthetic.md)')
    .argument('<out>', 'a new or empty folder')
    .option('--users <n>', 'number of users (default: 300)', positiveInteger('--users'))
    .option('--items <n>', 'number of items (default: 250)', positiveInteger('--items'))
    .option('--per-user <n>', 'interactions per user, on average (default: 20)', positiveNumber('--per-user'))
    .option(
      '--candidates <n>',
      'items that each user chooses from (default: 1000, or all if fewer)',
      positiveInteger('--candidates'),
    )
    .option('-s, --seed <n>', 'seed; the same seed and options give the same bytes', wholeNumber('--seed'), 1)
    .option('--name <name>', 'name of the dataset (default: planted)')
    .option(
      '--factors <n>',
      'number of latent tastes that each modality shows (default: 6)',
      positiveInteger('--factors'),
    )
    .option(
      '--popularity <x>',
      "weight of popularity in users' choices (default: 0.5)",
      nonNegativeNumber('--popularity'),
    )
    .option('--chance <x>', "weight of chance in users' choices (default: 0.7)", nonNegativeNumber('--chance'))
    .option(
      '-m, --modality <dials>',
      'a modality, such as text:dimension=24,strength=1.5,noise=0.3,speed=1 (repeatable; default: a strong text and a weak, slow image)',
      plantedModality('--modality'),
    )
    .option('--format <format>', 'layout of the dataset: mmrec', oneOf('--format', ['mmrec']), 'mmrec')
    .option('--raw <format>', `also write a raw log: ${RAW_FORMATS.join(', ')}`, oneOf('--raw', RAW_FORMATS))
    .option('--gzip', 'compress the raw log')
    .option('--overwrite', 'replace the contents of the folder')
    .option('--json', 'print dataset.json')
    .action(async (folder: string, flags: SynthFlags) => {
      if (flags.gzip && !flags.raw) throw gzipOfNothing();
      const lines = new SynthesisLines();
      const { raw: format, gzip: compress = false } = flags;
      const record = await synthesizeToFolder(plantedOptions(flags), folder, {
        overwrite: flags.overwrite ?? false,
        ...(format ? { raw: { format, compress } } : {}),
        onProgress: (progress) => lines.observe(progress),
        signal: interruptionSignal({
          message: 'interrupted; nothing was written',
          remedy: 'run the same command again',
        }),
      });
      process.stdout.write(flags.json ? `${JSON.stringify(record, null, 2)}\n` : describe(record, folder));
    });
}

/** Omits options that were not given, so that the generator's defaults apply. */
function plantedOptions(flags: SynthFlags): SyntheticOptions {
  const options = {
    seed: flags.seed,
    name: flags.name,
    userCount: flags.users,
    itemCount: flags.items,
    interactionsPerUser: flags.perUser,
    candidateCount: flags.candidates,
    factorCount: flags.factors,
    popularity: flags.popularity,
    chance: flags.chance,
    modalities: flags.modality,
  };
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as unknown as SyntheticOptions;
}

function describe({ options, counts, hash }: SyntheticRecord, folder: string): string {
  const { users, items, interactions, train, validation, test } = counts;
  const lines = [
    `dataset ${options.name} in ${folder}`,
    `  ${users} users, ${items} items`,
    `  interactions: ${interactions}: ${train} training, ${validation} validation, ${test} test`,
    ...options.modalities.map(
      ({ name, dimension, strength, noise, speed }) =>
        `  ${name}: ${dimension} columns, strength ${strength}, noise ${noise}, speed ${speed}`,
    ),
    `  hash ${hash}`,
  ];
  return `${lines.join('\n')}\n`;
}

function gzipOfNothing(): BalancedRecError {
  return badOption({
    message: 'there is no raw log to compress',
    place: '--gzip',
    expected: `--raw ${RAW_FORMATS.join(', ')}`,
    found: 'no --raw',
    remedy: 'name the format of a raw log, or omit --gzip',
  });
}
