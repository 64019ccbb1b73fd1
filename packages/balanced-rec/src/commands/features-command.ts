import type { BalancedRecError } from '@balanced-rec/errors';
import type { FeatureRecord } from '@balanced-rec/features';
import type { Command } from 'commander';
import { assignments, badOption, positiveInteger } from '../options/option-values.js';
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
      'encode the texts and images of a dataset’s items, or take vectors that are there, as <modality>_feat.npy',
    )
    .argument('<dataset>', 'a dataset folder; its items are those of items.jsonl or items.tsv, or of its interactions')
    .option('--text <columns>', 'encode these columns, joined in this order: title,description')
    .option('--images <folder>', 'encode images that are named by item id: <id>.jpg, .jpeg, .png or .webp')
    .option('--image-column <column>', 'encode images whose paths are in this column')
    .option('--image-root <folder>', 'the folder that these paths start from (default: that of the table)')
    .option('--items <file>', 'the table that has the columns (.csv, .tsv, .json, .jsonl), if not the dataset itself')
    .option('--id <column>', 'the column of --items or --vectors with the original item ids (default: item_id)')
    .option(
      '-e, --encoder <name>',
      "transformers, none (with --vectors), or anybody's: package, package#name or ./file.js",
      'transformers',
    )
    .option('--text-encoder <model>', 'the model for texts (default: Xenova/all-MiniLM-L6-v2)')
    .option('--image-encoder <model>', 'the model for images (default: Xenova/clip-vit-base-patch32)')
    .option('--model-folder <dir>', 'read models from here, and download nothing')
    .option(
      '--set <key=value>',
      "one of the encoder's options, such as dtype=q8 (repeatable)",
      assignments('--set'),
      {},
    )
    .option('--vectors <file>', 'with --encoder none: .npy, .json, .jsonl or .parquet')
    .option('--vector-ids <file>', 'the ids of the rows of an .npy file, one a line (default: the items in order)')
    .option('--vector-column <column>', 'the column with the vectors (default: vector or embedding)')
    .option('-m, --modality <name>', 'the name of the modality (default: text, image)')
    .option('--batch <n>', 'items that are encoded at once (default: 32)', positiveInteger('--batch'))
    .option('--overwrite', 'replace features that are there already')
    .option('--json', 'print the records as lines of JSON')
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

/** Options that say nothing together, or too little, are likelier a slip than meant. */
function checkFlags(flags: FeaturesFlags): void {
  const { encoder, text, images, imageColumn, imageRoot, items, vectors, vectorIds, vectorColumn, modality } = flags;
  const kinds = Number(text !== undefined) + Number(images !== undefined || imageColumn !== undefined);
  const given = (options: Record<string, unknown>) =>
    Object.keys(options).filter((name) => options[name] !== undefined);
  if (encoder === 'none') {
    if (vectors === undefined) throw badFlags('--encoder none takes vectors that are there', '--vectors FILE', 'none');
    if (modality === undefined) throw badFlags('the vectors need the name of a modality', '--modality NAME', 'none');
    const others = given({ '--text': text, '--images': images, '--image-column': imageColumn, '--items': items });
    if (others.length > 0) throw badFlags('--encoder none encodes nothing', 'no such option', others.join(', '));
    const isNpy = vectors.toLowerCase().endsWith('.npy');
    if (vectorIds !== undefined && !isNpy) throw badFlags('only an .npy file has no ids', 'no --vector-ids', vectors);
    return;
  }
  const others = given({ '--vectors': vectors, '--vector-ids': vectorIds, '--vector-column': vectorColumn });
  if (others.length > 0) throw badFlags('vectors are taken with --encoder none', '--encoder none', others.join(', '));
  if (kinds === 0)
    throw badFlags('it is not said what to encode', '--text, --images or --image-column', 'none of them');
  if (images !== undefined && imageColumn !== undefined) {
    throw badFlags('images are found in one way', '--images or --image-column', 'both');
  }
  if (imageRoot !== undefined && imageColumn === undefined) {
    throw badFlags('--image-root is where the paths of a column start', '--image-column COLUMN', 'none');
  }
  if (modality !== undefined && kinds > 1) {
    throw badFlags('--modality names one modality', 'either texts or images', 'both');
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
