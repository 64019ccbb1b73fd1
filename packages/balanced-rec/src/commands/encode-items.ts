import type { EncoderKind, ExtractOptions, FeatureRecord, ImageSource, ItemTable } from '@balanced-rec/features';
import { EncodingDisplay } from '../progress/data-progress.js';
import { encoderNamed } from './import-encoder.js';
import { importPart } from './import-part.js';
import { interruptionSignal } from './interruption.js';

/** What to encode, and with which encoder. */
export interface EncodingFlags {
  readonly text?: readonly string[] | undefined;
  readonly images?: string | undefined;
  readonly imageColumn?: string | undefined;
  readonly imageRoot?: string | undefined;
  readonly items?: string | undefined;
  readonly id?: string | undefined;
  readonly encoder: string;
  readonly textEncoder?: string | undefined;
  readonly imageEncoder?: string | undefined;
  readonly modelFolder?: string | undefined;
  readonly set?: Record<string, unknown> | undefined;
  readonly modality?: string | undefined;
  readonly batch?: number | undefined;
  readonly overwrite?: boolean | undefined;
}

/** Encodes the texts and images of a dataset's items as the flags ask. */
export async function encodeItems(folder: string, flags: EncodingFlags): Promise<FeatureRecord[]> {
  const { text, images, imageColumn, imageRoot, items: file, id: idColumn } = flags;
  const items: ItemTable | undefined = file === undefined ? undefined : { file, idColumn };
  const signal = interruptionSignal({
    message: 'interrupted; the items encoded so far are kept',
    remedy: 'run the same command again to resume',
  });
  const records: FeatureRecord[] = [];
  if (text !== undefined) {
    records.push(await encode(folder, 'text', { columns: text, items }, flags.textEncoder, flags, signal));
  }
  if (images !== undefined || imageColumn !== undefined) {
    const source: ImageSource =
      images === undefined ? { column: imageColumn!, root: imageRoot, items } : { folder: images };
    records.push(await encode(folder, 'image', source, flags.imageEncoder, flags, signal));
  }
  return records;
}

async function encode<Kind extends EncoderKind>(
  folder: string,
  kind: Kind,
  source: ExtractOptions<Kind>['source'],
  model: string | undefined,
  flags: EncodingFlags,
  signal: AbortSignal,
): Promise<FeatureRecord> {
  const { extractFeatures } = await importPart('features');
  const { modality = kind, modelFolder, set: options = {}, batch: batchSize, overwrite } = flags;
  const encoder = await encoderNamed(flags.encoder, kind);
  const display = new EncodingDisplay(modality);
  try {
    return await extractFeatures({
      ...{ folder, modality, encoder, source, batchSize, overwrite, signal },
      settings: { model, modelFolder, options, say: (line) => display.say(line) },
      onProgress: (progress) => display.observe(progress),
    });
  } finally {
    display.close();
  }
}

/** Describes what was encoded and what was not. */
export function describeFeatures(record: FeatureRecord, folder: string): string {
  const { modality, rows, dimension, encoded, faults, notes } = record;
  const lines = [`${modality}: ${rows} x ${dimension} in ${folder}/${modality}_feat.npy`];
  const reasons = Object.entries(faults).map(([reason, count]) => `${count} ${reason}`);
  if (reasons.length > 0) {
    lines.push(`  ${encoded} encoded; ${rows - encoded} filled with their mean: ${reasons.join(', ')}`);
    lines.push(`  listed in ${folder}/${modality}_features.json`);
  }
  lines.push(...notes.map((note) => `  note: ${note}`));
  return `${lines.join('\n')}\n`;
}
