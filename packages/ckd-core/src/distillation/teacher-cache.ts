import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeSafetensors, encodeSafetensors } from '../checkpoint/safetensors.js';
import { writeFileAtomically } from '../checkpoint/write-folder.js';
import type { EmbeddingTables } from './teacher.js';

/** All that a teacher depends on. */
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

/** Keeps trained teachers on disk, so that every variant and ablation of a comparison uses the same ones, trained once. */
export class TeacherCache {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The stored embeddings of that teacher, if there are any; a damaged file counts as none and is trained again. */
  async find(identity: TeacherIdentity): Promise<EmbeddingTables | undefined> {
    const path = this.#path(identity);
    try {
      const arrays = decodeSafetensors(await readFile(path), path);
      const users = arrays.get('users');
      const items = arrays.get('items');
      const dimension = users?.shape[1];
      if (!users || !items || dimension === undefined || items.shape[1] !== dimension) return undefined;
      return { dimension, users: users.values, items: items.values };
    } catch {
      return undefined;
    }
  }

  /** The file in the folder that a teacher is, or would be, kept in. */
  static fileName(identity: TeacherIdentity): string {
    return `${contentHash(identity).slice(0, 32)}.safetensors`;
  }

  /** Keeps the tables of a teacher under its identity. The file is there whole or not at all. */
  async store(identity: TeacherIdentity, { dimension, users, items }: EmbeddingTables): Promise<void> {
    const arrays = new Map([
      ['users', { shape: [users.length / dimension, dimension], values: users }],
      ['items', { shape: [items.length / dimension, dimension], values: items }],
    ]);
    await writeFileAtomically(this.#path(identity), encodeSafetensors(arrays));
  }

  #path(identity: TeacherIdentity): string {
    return join(this.#folder, TeacherCache.fileName(identity));
  }
}

/** SHA-256 of a JSON value, the same for every order of its keys. */
export function contentHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
