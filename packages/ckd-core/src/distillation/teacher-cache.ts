import { join } from 'node:path';
import {
  type DamageListener,
  makeFolderWithin,
  readKept,
  warnOfDamage,
  writeFileAtomically,
} from '@balanced-rec/files';
import type { RankingTables } from '../adapter/backbone.js';
import { contentHash } from '../format/content-hash.js';
import { decodeSealedSafetensors, sealedSafetensorsChunks } from '../format/sealed-safetensors.js';

/** Everything that a teacher depends on. */
export interface TeacherIdentity {
  readonly dataHash: string;
  readonly backbone: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly protocol: Readonly<Record<string, unknown>>;
  readonly modalities: readonly string[];
  readonly modality: string;
  readonly seed: number;
  readonly engine: string;
  /** Versions of the packages that computed it. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Stores trained teachers on disk, so that all variants and ablations of a comparison share them and each is trained once. */
export class TeacherCache {
  readonly #folder: string;
  readonly #onDamage: DamageListener;

  /** @param folder created if missing; its parent must exist */
  constructor(folder: string, onDamage: DamageListener = warnOfDamage) {
    this.#folder = folder;
    this.#onDamage = onDamage;
  }

  /** The stored embeddings of that teacher, if any. A damaged file is set aside, and the teacher has to be trained again. */
  async find(identity: TeacherIdentity): Promise<RankingTables | undefined> {
    const path = this.#path(identity);
    return readKept(path, (content) => tablesIn(content, path), this.#onDamage);
  }

  /** The name of the file that stores a teacher, whether or not it exists yet. */
  static fileName(identity: TeacherIdentity): string {
    return `${contentHash(identity).slice(0, 32)}.safetensors`;
  }

  /**
   * Stores a teacher's tables under its identity. The file appears complete or not at all.
   * @throws BalancedRecError `files/...` if it cannot be written
   */
  async store(identity: TeacherIdentity, { dimension, users, items }: RankingTables): Promise<void> {
    const arrays = new Map([
      ['users', { shape: [users.length / dimension, dimension], values: users }],
      ['items', { shape: [items.length / dimension, dimension], values: items }],
    ]);
    makeFolderWithin(this.#folder);
    await writeFileAtomically(this.#path(identity), sealedSafetensorsChunks(arrays));
  }

  #path(identity: TeacherIdentity): string {
    return join(this.#folder, TeacherCache.fileName(identity));
  }
}

function tablesIn(content: Uint8Array, path: string): RankingTables {
  const arrays = decodeSealedSafetensors(content, path);
  const users = arrays.get('users');
  const items = arrays.get('items');
  const dimension = users?.shape[1];
  if (!users || !items || dimension === undefined || items.shape[1] !== dimension)
    throw new RangeError('it does not hold two tables of the same width');
  return { dimension, users: users.values, items: items.values };
}
