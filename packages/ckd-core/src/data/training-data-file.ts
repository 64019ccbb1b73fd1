import { BalancedRecError } from '@balanced-rec/errors';
import type { Interactions } from '@balanced-rec/interactions';
import { type FetchOptions, fetchBytes } from '../format/fetch-bytes.js';
import {
  decodeMixedSafetensors,
  type MixedArray,
  safetensorsChunks,
  type WritableArray,
} from '../format/safetensors.js';
import { safetensorsHeader } from '../format/safetensors-header.js';
import type { Ids } from './ids.js';
import { addInteractions, idsIn, idsText, interactionsIn, type StoredFile } from './stored-rows.js';
import type { FeatureMatrix, HashedData } from './training-data.js';

/** Everything needed to create a model's backbone and to recommend, so that neither needs the dataset's folder. */
export interface StoredTrainingData extends HashedData {
  /** The items to leave out for each user. */
  readonly seen: Interactions;
  readonly users: Ids;
  readonly items: Ids;
}

/** The version of the file's layout, stored in its metadata. */
const FORMAT = '1';

const FEATURES = 'features.';

/** Encodes training data as one safetensors file, piece by piece; {@link decodeTrainingData} reads it. */
export function trainingDataChunks(data: StoredTrainingData): Generator<Uint8Array, void, undefined> {
  const arrays = new Map<string, WritableArray>();
  for (const name of ['train', 'seen'] as const) addInteractions(arrays, name, data[name]);
  for (const [modality, { rows, columns, values }] of Object.entries(data.features))
    arrays.set(`${FEATURES}${modality}`, { shape: [rows, columns], values });
  return safetensorsChunks(arrays, {
    trainingData: FORMAT,
    hash: data.hash,
    users: idsText(data.users),
    items: idsText(data.items),
  });
}

/**
 * Reads training data from the bytes of a file.
 * @param place names the file in errors
 * @throws BalancedRecError `safetensors/malformed`, `training-data/malformed`
 */
export function decodeTrainingData(bytes: Uint8Array, place: string): StoredTrainingData {
  const { trainingData, hash, users: userIds, items: itemIds } = safetensorsHeader(bytes, place).metadata;
  if (trainingData !== FORMAT || hash === undefined)
    throw malformed(place, `metadata with trainingData ${FORMAT} and a hash`, `trainingData ${trainingData}`);
  const arrays = decodeMixedSafetensors(bytes, place);
  const file: StoredFile = { place, malformed };
  const [users, items] = [idsIn(userIds, 'users', file), idsIn(itemIds, 'items', file)];
  const sizes = { users: users.count, items: items.count };
  return {
    hash,
    userCount: users.count,
    itemCount: items.count,
    train: interactionsIn(arrays, 'train', sizes, file),
    seen: interactionsIn(arrays, 'seen', sizes, file),
    features: featuresOf(arrays, place),
    users,
    items,
  };
}

/**
 * Fetches what `balanced-rec export --format browser` wrote.
 * @param address the file's address; may be relative in a web page
 * @throws BalancedRecError `training-data/missing`, `training-data/malformed`, `safetensors/malformed`
 */
export async function fetchTrainingData(address: string, options: FetchOptions = {}): Promise<StoredTrainingData> {
  const bytes = await fetchBytes(address, options, (found, cause) => {
    return new BalancedRecError({
      code: 'training-data/missing',
      message: 'there is no training data here',
      place: address,
      expected: 'a training-data.safetensors',
      found,
      remedy: 'serve the folder that `balanced-rec export --format browser` wrote',
      cause,
    });
  });
  return decodeTrainingData(bytes, address);
}

function featuresOf(arrays: ReadonlyMap<string, MixedArray>, place: string): Record<string, FeatureMatrix> {
  const named = [...arrays].filter(([name]) => name.startsWith(FEATURES));
  return Object.fromEntries(
    named.map(([name, { shape, values }]) => {
      const [rows, columns] = shape;
      if (shape.length !== 2 || rows === undefined || columns === undefined || !(values instanceof Float32Array))
        throw malformed(place, `${name}: a matrix of float32`, `shape [${shape}]`);
      return [name.slice(FEATURES.length), { rows, columns, values }];
    }),
  );
}

function malformed(place: string, expected: string, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'training-data/malformed',
    message: 'this is not a valid training data file',
    place,
    expected,
    found,
    remedy: 'write it again with `balanced-rec export --format browser`',
  });
}
