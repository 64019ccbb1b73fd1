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

/** Inputs that are encoded at once where nothing else is said. */
export const DEFAULT_BATCH = 32;

/** What to make of a dataset's items. */
export interface ExtractOptions<Kind extends EncoderKind> {
  /** The dataset, into which the features are written. */
  readonly folder: string;
  /** The name of the modality; that of the encoder's kind where left out. */
  readonly modality?: string | undefined;
  readonly encoder: EncoderDefinition<Kind>;
  readonly source: { readonly text: TextSource; readonly image: ImageSource }[Kind];
  readonly settings?: EncoderSettings | undefined;
  readonly batchSize?: number | undefined;
  /** Whether features that are there already are replaced. */
  readonly overwrite?: boolean | undefined;
  /** Ends the work after the batch under way; it goes on from there another time. */
  readonly signal?: AbortSignal | undefined;
  /** Hears how far it is, after each batch. */
  readonly onProgress?: ((progress: EncodingProgress) => void) | undefined;
}

/**
 * Encodes the items' texts or images, and writes `<modality>_feat.npy` with its record `<modality>_features.json` into the dataset.
 * Progress is kept in the dataset's hidden folder `.features`: the same call goes on where an earlier one was stopped, and has
 * nothing to do where one has finished.
 *
 * @throws BalancedRecError the README lists the codes
 */
export async function extractFeatures<Kind extends EncoderKind>(options: ExtractOptions<Kind>): Promise<FeatureRecord> {
  const { folder, encoder: definition, overwrite = false, batchSize = DEFAULT_BATCH, settings = {} } = options;
  const { modality = definition.kind } = options;
  const files = featureFiles(folder, modality);
  const current = await currentRecord(files);
  // Features without a key were not made here, so they cannot be what is asked for.
  if (!overwrite && current?.key === undefined) checkVacant(files);
  const inputs = await inputsOf(options);
  if (inputs.inputs.length === 0) throw noInputs(folder, inputs.faults);
  options.signal?.throwIfAborted();
  const encoder = await definition.create(settings);
  try {
    const key = workKey(encoder, inputs, batchSize);
    if (current?.key === key) {
      settings.say?.('there already, from the same inputs and settings');
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
    found: `${countOf(faults.size, 'item')} without; the first: ${reason}, ${detail}`,
    remedy: 'check that columns, folder and ids are the right ones',
  });
}
