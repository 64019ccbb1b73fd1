import { BalancedRecError } from '@balanced-rec/errors';
import { countByItem, hasItems, type Interactions, userCountOf } from '@balanced-rec/interactions';
import type { RankingTables } from '../adapter/backbone.js';
import type { Ids } from '../data/ids.js';
import { addInteractions, idsIn, idsText, interactionsIn, type StoredFile } from '../data/stored-rows.js';
import {
  decodeMixedSafetensors,
  type MixedArray,
  safetensorsChunks,
  type WritableArray,
} from '../format/safetensors.js';
import { safetensorsHeader } from '../format/safetensors-header.js';

/** The dataset splits whose items can be left out of a user's list. */
export const SPLITS = ['train', 'validation', 'test'] as const;

/** A split of a dataset. */
export type Split = (typeof SPLITS)[number];

/** What recommending needs to know about the interactions that a model was trained on. */
export interface TrainingTrace {
  /** `[items]`: the number of training interactions of each item. */
  readonly popularity: Int32Array;
  /** `[users]`: 1 if a user has training interactions, else 0. The rows of users with 0 are meaningless. */
  readonly trained: Int32Array;
}

/** A trained model reduced to what is needed to recommend, without the dataset or the backbone. */
export interface StoredRecommender extends TrainingTrace {
  /** Users and items under the view that the model ranks with. */
  readonly tables: RankingTables;
  readonly users: Ids;
  readonly items: Ids;
  /** The users' interactions in each split; undefined if they were left out because they are user data. */
  readonly interactions: Readonly<Record<Split, Interactions>> | undefined;
}

/** The version of the file's layout, stored in its metadata. */
const FORMAT = '1';

/** Reduces training interactions to what a {@link StoredRecommender} keeps of them. */
export function trainingTrace(train: Interactions, itemCount: number): TrainingTrace {
  const trained = Int32Array.from({ length: userCountOf(train) }, (_, user) => Number(hasItems(train, user)));
  return { popularity: countByItem(train, itemCount), trained };
}

/** Encodes a recommender as one safetensors file, piece by piece; {@link decodeRecommender} reads it. */
export function recommenderChunks(stored: StoredRecommender): Generator<Uint8Array, void, undefined> {
  const { tables, users, items, popularity, trained, interactions } = stored;
  const arrays = new Map<string, WritableArray>([
    ['users', { shape: [users.count, tables.dimension], values: tables.users }],
    ['items', { shape: [items.count, tables.dimension], values: tables.items }],
    ['popularity', { shape: [items.count], values: popularity, dtype: 'I32' }],
    ['trained', { shape: [users.count], values: trained, dtype: 'I32' }],
  ]);
  if (interactions) for (const split of SPLITS) addInteractions(arrays, split, interactions[split]);
  return safetensorsChunks(arrays, { recommender: FORMAT, users: idsText(users), items: idsText(items) });
}

/**
 * Reads a recommender from the bytes of a file.
 * @param place names the file in errors
 * @throws BalancedRecError `safetensors/malformed`, `recommender/malformed`
 */
export function decodeRecommender(bytes: Uint8Array, place: string): StoredRecommender {
  const { recommender, users: userIds, items: itemIds } = safetensorsHeader(bytes, place).metadata;
  if (recommender !== FORMAT)
    throw malformed(place, `metadata with recommender ${FORMAT}`, `recommender ${recommender}`);
  const arrays = decodeMixedSafetensors(bytes, place);
  const file: StoredFile = { place, malformed };
  const [users, items] = [idsIn(userIds, 'users', file), idsIn(itemIds, 'items', file)];
  const sizes = { users: users.count, items: items.count };
  const splits = () => SPLITS.map((split) => [split, interactionsIn(arrays, split, sizes, file)] as const);
  return {
    tables: tablesIn(arrays, sizes, place),
    popularity: countsIn(arrays, 'popularity', items.count, place),
    trained: countsIn(arrays, 'trained', users.count, place),
    users,
    items,
    interactions: arrays.has('train.offsets')
      ? (Object.fromEntries(splits()) as Record<Split, Interactions>)
      : undefined,
  };
}

function tablesIn(
  arrays: ReadonlyMap<string, MixedArray>,
  count: { readonly users: number; readonly items: number },
  place: string,
): RankingTables {
  const [users, items] = [arrays.get('users'), arrays.get('items')];
  const dimension = users?.shape[1];
  const fits = (table: MixedArray | undefined, rows: number) =>
    table?.shape.length === 2 && table.shape[0] === rows && table.shape[1] === dimension;
  if (!dimension || !fits(users, count.users) || !fits(items, count.items))
    throw malformed(
      place,
      `users [${count.users}, D] and items [${count.items}, D]`,
      `${users?.shape}, ${items?.shape}`,
    );
  if (!(users!.values instanceof Float32Array && items!.values instanceof Float32Array))
    throw malformed(place, 'users and items of float32', 'int32');
  return { dimension, users: users!.values, items: items!.values };
}

function countsIn(arrays: ReadonlyMap<string, MixedArray>, name: string, length: number, place: string): Int32Array {
  const values = arrays.get(name)?.values;
  if (values instanceof Int32Array && values.length === length) return values;
  throw malformed(place, `${name}: ${length} int32 values`, values ? `${values.length}` : 'none');
}

function malformed(place: string, expected: string, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'recommender/malformed',
    message: 'this is not a valid recommender file',
    place,
    expected,
    found,
    remedy: 'train the model again, or specify its dataset with --data',
  });
}
