import type { PrepareListener } from '@balanced-rec/prepare';
import type { Command } from 'commander';
import { commaSeparated, finiteNumber, positiveInteger, wholeNumber } from '../options/option-values.js';
import { completePrepareOptions, type PrepareFlags } from '../options/prepare-options.js';
import { describeMapping, describePreparation, describeStep } from '../text/describe-dataset.js';
import { describeFeatures, type EncodingFlags, encodeItems } from './encode-items.js';
import { importPart } from './import-part.js';
import { interruptionSignal } from './interruption.js';

type Flags = PrepareFlags &
  Pick<EncodingFlags, 'text' | 'images' | 'imageColumn' | 'imageRoot' | 'encoder' | 'modelFolder'> & {
    config?: string;
    json?: boolean;
  };

/** `balanced-rec prepare FILES... --out DIR` */
export function addPrepareCommand(program: Command): void {
  program
    .command('prepare')
    .description('make a dataset folder of raw interaction logs: filter, split, number users and items')
    .argument(
      '[files...]',
      'CSV, TSV, JSON, JSON Lines or Parquet, each plain, .gz or .zst; patterns; also https:// and s3://',
    )
    .option('-o, --out <dir>', 'the dataset folder to make')
    .option('-c, --config <file>', 'a YAML file with these options (minRating for --min-rating); flags come before it')
    .option('--name <name>', "the dataset's name (default: that of the folder)")
    .option('--user <column>', 'column of the user (default: guessed by its name, as are those below)')
    .option('--item <column>', 'column of the item')
    .option('--rating <column>', 'column of the rating')
    .option('--time <column>', 'column of the time: numbers or dates')
    .option('--split <column>', 'column that says the split: 0, 1, 2, or train, valid, test')
    .option('--min-rating <number>', 'keep interactions rated at least so', finiteNumber('--min-rating'))
    .option(
      '--core <n>',
      'keep users and items with at least so many interactions, until all have',
      positiveInteger('--core'),
    )
    .option('--user-core <n>', 'in place of --core, for users', positiveInteger('--user-core'))
    .option('--item-core <n>', 'in place of --core, for items', positiveInteger('--item-core'))
    .option(
      '--split-by <how>',
      'random, user-time, global-time, leave-one-out or column (default: column if there is one, or random)',
    )
    .option('--ratios <a:b:c>', 'training, validation and test (default: 8:1:1)')
    .option('-s, --seed <n>', 'seed of the random split (default: 1)', wholeNumber('--seed'))
    .option('--items <files...>', 'files that describe the items, one row each; kept in items.jsonl')
    .option('--items-key <column>', 'their column of the item')
    .option('--described-only', 'keep the interactions with items that these files describe')
    .option('--text <columns>', 'then encode these columns of the items, as features does: title,description')
    .option('--images <folder>', 'then encode images that are named by item id')
    .option('--image-column <column>', 'then encode images whose paths are in this column of the items')
    .option('--image-root <folder>', 'the folder that these paths start from')
    .option('-e, --encoder <name>', "transformers, or anybody's, to encode with", 'transformers')
    .option('--model-folder <dir>', 'read models from here, and download nothing')
    .option('--layout <names>', 'mmrec, lattice or both with a comma (default: mmrec)', commaSeparated)
    .option('--format <name>', "csv (any delimiter), json or parquet, where the files' names do not tell")
    .option('--delimiter <text>', 'of delimited text (default: told from the first line)')
    .option('--quote <character>', 'quotation mark of delimited text, or none (default: ")')
    .option(
      '--columns <names>',
      'names of all columns, with commas, of delimited files without a line of names',
      commaSeparated,
    )
    .option('--encoding <name>', 'of delimited text: utf-8, utf-16 or latin-1 (default: utf-8)')
    .option('--drop-bad-rows', 'leave out rows that cannot be used, and count them')
    .option('--memory <amount>', 'what DuckDB may take (default: 2GB); more data than that is kept on disk')
    .option('--threads <n>', 'default: as many as there are cores', positiveInteger('--threads'))
    .option('--extension-folder <dir>', "where DuckDB's extension for remote files is kept")
    .option('--extension-repository <url>', 'where it is downloaded from')
    .option('--overwrite', 'replace what is in the output folder')
    .option('--json', 'print the record, dataset.json')
    .action(async (files: string[], { config, json, ...options }: Flags) => {
      const { flags, encoding } = separate(options);
      const { prepare, parsePrepareOptions } = await importPart('prepare');
      // Before the work that would be waiting for it.
      if (encoding !== undefined) await importPart('features');
      const given = { ...flags, ...(files.length > 0 ? { interactions: files } : {}) };
      const complete = await completePrepareOptions(given, config, parsePrepareOptions);
      const signal = interruptionSignal({
        message: 'interrupted; nothing was written',
        remedy: 'give the same command again',
      });
      const listener = json ? {} : listenerOf(complete);
      const record = await prepare(complete, { listener, signal }).catch((error: unknown) => {
        throw signal.aborted ? signal.reason : error;
      });
      process.stdout.write(`${json ? JSON.stringify(record, null, 2) : describePreparation(record, complete.out)}\n`);
      const encoded = encoding === undefined ? [] : await encodeItems(complete.out, encoding);
      for (const features of encoded) {
        process.stdout.write(json ? `${JSON.stringify(features)}\n` : describeFeatures(features, complete.out));
      }
    });
}

/** What is said of the encoding, apart from what `prepare` takes, which may stand in a file, too. */
function separate({ text, images, imageColumn, imageRoot, encoder, modelFolder, ...flags }: Flags): {
  flags: PrepareFlags;
  encoding: EncodingFlags | undefined;
} {
  const wanted = [text, images, imageColumn].some((option) => option !== undefined);
  return { flags, encoding: wanted ? { text, images, imageColumn, imageRoot, encoder, modelFolder } : undefined };
}

/** Says at once what columns were taken, and each step as it is done. */
function listenerOf({ minRating }: { minRating?: number | undefined }): PrepareListener {
  return {
    mapped: (mapping, splitBy, unused) =>
      process.stdout.write(`${describeMapping(mapping, splitBy, unused, minRating)}\n`),
    step: (step) => process.stdout.write(`${describeStep(step)}\n`),
  };
}
