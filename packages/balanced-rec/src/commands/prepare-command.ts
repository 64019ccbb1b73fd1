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
    .description('build a dataset folder from raw interaction logs: filter, split, and number users and items')
    .argument(
      '[files...]',
      'CSV, TSV, JSON, JSON Lines or Parquet, plain or compressed (.gz, .zst); also patterns, https:// and s3://',
    )
    .option('-o, --out <dir>', 'the dataset folder to write')
    .option('-c, --config <file>', 'a YAML file with these options (minRating for --min-rating); flags override it')
    .option('--name <name>', "the dataset's name (default: the folder's)")
    .option('--user <column>', 'user column (default: guessed from the column names, as are those below)')
    .option('--item <column>', 'item column')
    .option('--rating <column>', 'rating column')
    .option('--time <column>', 'time column: numbers or dates')
    .option('--split <column>', 'split column: 0, 1, 2, or train, valid, test')
    .option('--min-rating <number>', 'keep only interactions with at least this rating', finiteNumber('--min-rating'))
    .option(
      '--core <n>',
      'keep only users and items with at least this many interactions, repeatedly, until all have',
      positiveInteger('--core'),
    )
    .option('--user-core <n>', 'overrides --core for users', positiveInteger('--user-core'))
    .option('--item-core <n>', 'overrides --core for items', positiveInteger('--item-core'))
    .option(
      '--split-by <how>',
      'random, user-time, global-time, leave-one-out or column (default: column if there is one, otherwise random)',
    )
    .option('--ratios <a:b:c>', 'training, validation and test (default: 8:1:1)')
    .option('-s, --seed <n>', 'seed of the random split (default: 1)', wholeNumber('--seed'))
    .option('--items <files...>', 'files that describe the items, one item per row; kept in items.jsonl')
    .option('--items-key <column>', 'item column of these files')
    .option('--described-only', 'keep only interactions with items that these files describe')
    .option(
      '--text <columns>',
      'then encode these item columns, as `features` does, such as title,description',
      commaSeparated('--text'),
    )
    .option('--images <folder>', 'then encode images named by item id')
    .option('--image-column <column>', 'then encode images whose paths are in this item column')
    .option('--image-root <folder>', 'the folder that these paths are relative to')
    .option('-e, --encoder <name>', 'the encoder: transformers or a custom one', 'transformers')
    .option('--model-folder <dir>', 'read models from this folder and download nothing')
    .option(
      '--layout <names>',
      'mmrec, lattice, or both separated by a comma (default: mmrec)',
      commaSeparated('--layout'),
    )
    .option('--format <name>', 'csv (any delimiter), json or parquet, if the file names do not show it')
    .option('--delimiter <text>', 'delimiter of delimited text (default: detected from the first line)')
    .option('--quote <character>', 'quote character of delimited text, or none (default: ")')
    .option(
      '--columns <names>',
      'comma-separated names of all columns, for delimited files without a header',
      commaSeparated('--columns'),
    )
    .option('--encoding <name>', 'encoding of delimited text, such as utf-16, windows-1252 or gbk (default: utf-8)')
    .option('--drop-bad-rows', 'skip unusable rows and count them')
    .option('--memory <amount>', "DuckDB's memory limit (default: 2GB); data beyond it spills to disk")
    .option('--threads <n>', 'number of threads (default: the number of cores)', positiveInteger('--threads'))
    .option('--extension-folder <dir>', "where to keep DuckDB's extension for remote files")
    .option('--extension-repository <url>', 'where to download it from')
    .option('--overwrite', 'replace the contents of the output folder')
    .option('--json', 'print dataset.json')
    .action(async (files: string[], { config, json, ...options }: Flags) => {
      const { flags, encoding } = separate(options);
      const { prepare, parsePrepareOptions } = await importPart('prepare');
      // Imported early, so that a missing package is reported before any work is done.
      if (encoding !== undefined) await importPart('features');
      const given = { ...flags, ...(files.length > 0 ? { interactions: files } : {}) };
      const complete = await completePrepareOptions(given, config, parsePrepareOptions);
      const signal = interruptionSignal({
        message: 'interrupted; nothing was written',
        remedy: 'run the same command again',
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

/** Separates the options of the encoding from those of `prepare`, which may also come from a file. */
function separate({ text, images, imageColumn, imageRoot, encoder, modelFolder, ...flags }: Flags): {
  flags: PrepareFlags;
  encoding: EncodingFlags | undefined;
} {
  const wanted = [text, images, imageColumn].some((option) => option !== undefined);
  return { flags, encoding: wanted ? { text, images, imageColumn, imageRoot, encoder, modelFolder } : undefined };
}

/** Prints the chosen columns, and each step as soon as it is done. */
function listenerOf({ minRating }: { minRating?: number | undefined }): PrepareListener {
  return {
    mapped: (mapping, splitBy, unused) =>
      process.stdout.write(`${describeMapping(mapping, splitBy, unused, minRating)}\n`),
    step: (step) => process.stdout.write(`${describeStep(step)}\n`),
  };
}
