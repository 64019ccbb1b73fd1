import { realpath } from 'node:fs/promises';
import { countOf } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import type { Contents, EncoderDefinition, EncoderKind, EncoderSettings } from './encoders/encoder.js';
import { type ImageSource, imageInputs } from './images/image-inputs.js';
import type { Fault, Inputs } from './items/item-inputs.js';
import { checkVacant, currentRecord, type FeatureRecord, featureFiles } from './output/feature-files.js';
import { withWorkingFolder } from './output/working-folder.js';
import { type FeatureContent, writeFeatures } from './output/write-features.js';
import type { BatchLog } from './progress/batch-log.js';
import { type EncodingProgress, encodeInputs } from './progress/encode-inputs.js';
import { loggedVectors, withWorkLog, workKey } from './progress/work-log.js';
import { type TextSource, textInputs } from './text/text-inputs.js';

/** The default number of inputs encoded at once. */
export const DEFAULT_BATCH = 32;

/** What to extract from a dataset's items. */
export interface ExtractOptions<Kind extends EncoderKind> {
  /** The dataset folder, into which the features are written. */
  readonly folder: string;
  /** The name of the modality. Default: that of the encoder's kind. */
  readonly modality?: string | undefined;
  readonly encoder: EncoderDefinition<Kind>;
  readonly source: { readonly text: TextSource; readonly image: ImageSource }[Kind];
  readonly settings?: EncoderSettings | undefined;
  readonly batchSize?: number | undefined;
  /** Whether to replace existing features. */
  readonly overwrite?: boolean | undefined;
  /** Stops the work after the current batch. A later call resumes from there. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each batch. */
  readonly onProgress?: ((progress: EncodingProgress) => void) | undefined;
}

/**
 * Encodes the items' texts or images, and writes `<modality>_feat.npy` with its record `<modality>_features.json` into the
 * dataset. Progress is kept in the dataset's hidden folder `.features`, so the same call resumes where an earlier one stopped,
 * and does nothing if an earlier one finished.
 *
 * @throws BalancedRecError the README lists the codes
 */
export async function extractFeatures<Kind extends EncoderKind>(options: ExtractOptions<Kind>): Promise<FeatureRecord> {
  const { folder, encoder: definition, overwrite = false, batchSize = DEFAULT_BATCH, settings = {} } = options;
  const { modality = definition.kind } = options;
  const files = featureFiles(folder, modality);
  const current = await currentRecord(files);
  // Features without a key were not made by this function, so they cannot be the requested ones.
  if (!overwrite && current?.key === undefined) checkVacant(files);
  const inputs = await inputsOf(options);
  if (inputs.inputs.length === 0) throw noInputs(folder, inputs.faults);
  options.signal?.throwIfAborted();
  const encoder = await definition.create(settings);
  try {
    const key = workKey(encoder, inputs, batchSize);
    if (current?.key === key) {
      settings.say?.('already extracted from the same inputs with the same settings');
      return current;
    }
    if (!overwrite) checkVacant(files);
    return await withWorkingFolder(await realpath(folder), modality, async (working) => {
      const described = {
        modality,
        key,
        source: inputs.source,
        notes: inputs.notes,
        encoder: { ...encoder.identity, name: encoder.name, batchSize },
      };
      const record = await withWorkLog(working, key, settings.say, async (log) => {
        await encodeInputs(inputs.inputs, encoder, log, { ...options, batchSize });
        return writeFeatures(contentOf(inputs, log), files, described, working);
      });
      await working.clear();
      return record;
    });
  } finally {
    await encoder.dispose?.();
  }
}

async function inputsOf<Kind extends EncoderKind>({
  folder,
  encoder,
  source,
}: ExtractOptions<Kind>): Promise<Inputs<Contents[Kind]>> {
  const inputs =
    encoder.kind === 'text' ? textInputs(folder, source as TextSource) : imageInputs(folder, source as ImageSource);
  return (await inputs) as unknown as Inputs<Contents[Kind]>;
}

function contentOf({ ids, inputs, faults }: Inputs<unknown>, log: BatchLog): FeatureContent {
  const logged = loggedVectors(log, inputs);
  return {
    ids,
    dimension: logged.dimension,
    faults: new Map([...faults, ...logged.faults]),
    vectorOf: logged.vectorOf,
  };
}

function noInputs(folder: string, faults: ReadonlyMap<number, Fault>): BalancedRecError {
  const [[, { reason, detail }]] = [...faults] as [[number, Fault]];
  return new BalancedRecError({
    code: 'features/nothing-encoded',
    message: 'no item has anything to encode',
    place: folder,
    expected: 'at least one text or image',
    found: `${countOf(faults.size, 'item')} without content; the first: ${reason}, ${detail}`,
    remedy: 'check that the columns, folder and ids are correct',
  });
}
