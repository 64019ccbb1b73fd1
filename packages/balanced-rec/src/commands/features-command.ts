import type { BalancedRecError } from '@balanced-rec/errors';
import type { FeatureRecord } from '@balanced-rec/features';
import type { Command } from 'commander';
import { assignments, badOption, commaSeparated, positiveInteger } from '../options/option-values.js';
import { describeFeatures, type EncodingFlags, encodeItems } from './encode-items.js';
import { importPart } from './import-part.js';

interface FeaturesFlags extends EncodingFlags {
  readonly vectors?: string;
  readonly vectorIds?: string;
  readonly vectorColumn?: string;
  readonly json?: boolean;
}

/** `balanced-rec features DATASET` */
export function addFeaturesCommand(program: Command): void {
  program
    .command('features')
    .description(
      'encode the texts and images of a dataset’s items, or import existing vectors, into <modality>_feat.npy',
    )
    .argument('<dataset>', 'a dataset folder; its items come from items.jsonl, items.tsv or its interactions')
    .option(
      '--text <columns>',
      'encode these columns, joined in this order, such as title,description',
      commaSeparated('--text'),
    )
    .option('--images <folder>', 'encode images named by item id: <id>.jpg, .jpeg, .png or .webp')
    .option('--image-column <column>', 'encode images whose paths are in this column')
    .option('--image-root <folder>', "the folder that these paths are relative to (default: the table's)")
    .option(
      '--items <file>',
      'the table with these columns, if not in the dataset (.csv, .tsv, .json, .jsonl, .parquet)',
    )
    .option('--id <column>', 'the column of --items or --vectors with the original item ids (default: item_id)')
    .option(
      '-e, --encoder <name>',
      'transformers, none (with --vectors), or a custom encoder: package, package#name or ./file.js',
      'transformers',
    )
    .option('--text-encoder <model>', 'the model for texts (default: Xenova/all-MiniLM-L6-v2)')
    .option('--image-encoder <model>', 'the model for images (default: Xenova/clip-vit-base-patch32)')
    .option('--model-folder <dir>', 'read models from this folder and download nothing')
    .option(
      '--set <key=value>',
      'set an option of the encoder, such as dtype=q8 (repeatable)',
      assignments('--set'),
      {},
    )
    .option('--vectors <file>', 'the vectors to import with --encoder none: .npy, .json, .jsonl or .parquet')
    .option('--vector-ids <file>', 'the row ids of an .npy file, one per line (default: the items in order)')
    .option('--vector-column <column>', 'the column with the vectors (default: vector or embedding)')
    .option('-m, --modality <name>', 'the name of the modality (default: text or image)')
    .option('--batch <n>', 'items encoded at once (default: 32)', positiveInteger('--batch'))
    .option('--overwrite', 'replace existing features')
    .option('--json', 'print the records as JSON Lines')
    .action(async (folder: string, flags: FeaturesFlags) => {
      checkFlags(flags);
      const records = flags.encoder === 'none' ? [await takeVectors(folder, flags)] : await encodeItems(folder, flags);
      for (const record of records)
        process.stdout.write(flags.json ? `${JSON.stringify(record)}\n` : describeFeatures(record, folder));
    });
}

async function takeVectors(folder: string, flags: FeaturesFlags): Promise<FeatureRecord> {
  const { importVectors } = await importPart('features');
  const { vectors: file, vectorIds: idsFile, vectorColumn, id: idColumn, modality, overwrite } = flags;
  return importVectors({
    ...{ folder, modality: modality!, overwrite },
    source: { file: file!, idsFile, vectorColumn, idColumn },
  });
}

/** Rejects incomplete combinations of options and options that would have no effect: they are probably mistakes. */
function checkFlags(flags: FeaturesFlags): void {
  const { encoder, text, images, imageColumn, imageRoot, items, vectors, vectorIds, vectorColumn, modality } = flags;
  const kinds = Number(text !== undefined) + Number(images !== undefined || imageColumn !== undefined);
  const given = (options: Record<string, unknown>) =>
    Object.keys(options).filter((name) => options[name] !== undefined);
  if (encoder === 'none') {
    if (vectors === undefined) throw badFlags('--encoder none requires vectors to import', '--vectors FILE', 'none');
    if (modality === undefined) throw badFlags('the vectors need a modality name', '--modality NAME', 'none');
    const others = given({ '--text': text, '--images': images, '--image-column': imageColumn, '--items': items });
    if (others.length > 0) throw badFlags('--encoder none encodes nothing', 'none of these options', others.join(', '));
    const isNpy = vectors.toLowerCase().endsWith('.npy');
    if (vectorIds !== undefined && !isNpy)
      throw badFlags('--vector-ids applies only to .npy files', 'no --vector-ids', vectors);
    return;
  }
  const others = given({ '--vectors': vectors, '--vector-ids': vectorIds, '--vector-column': vectorColumn });
  if (others.length > 0)
    throw badFlags('importing vectors requires --encoder none', '--encoder none', others.join(', '));
  if (kinds === 0) throw badFlags('specify what to encode', '--text, --images or --image-column', 'none of them');
  if (images !== undefined && imageColumn !== undefined) {
    throw badFlags('images come from one source only', '--images or --image-column', 'both');
  }
  if (imageRoot !== undefined && imageColumn === undefined) {
    throw badFlags('--image-root applies only to the paths in a column', '--image-column COLUMN', 'none');
  }
  if (modality !== undefined && kinds > 1) {
    throw badFlags('--modality can name only one modality', 'either texts or images', 'both');
  }
}

function badFlags(message: string, expected: string, found: string): BalancedRecError {
  return badOption({
    message,
    place: 'balanced-rec features',
    expected,
    found,
    remedy: 'see balanced-rec features --help',
  });
}
