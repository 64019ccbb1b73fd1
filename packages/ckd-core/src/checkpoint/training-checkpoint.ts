import { readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  type DamageListener,
  makeFolderWithin,
  readKept,
  warnOfDamage,
  withoutDigest,
  writeFileAtomically,
} from '@balanced-rec/files';
import { contentHash } from '../format/content-hash.js';
import { safetensorsHeader } from '../format/safetensors-header.js';
import { decodeSealedSafetensors, sealedSafetensorsChunks } from '../format/sealed-safetensors.js';
import type { TrainingCheckpoints } from '../training/train.js';
import type { TrainingProgress, TrainingState } from '../training/training-state.js';

/** Which training the file belongs to, and how often it is written. */
export interface TrainingCheckpointOptions {
  /** Everything that the training depends on; a state with a different identity is not resumed. */
  readonly identity: unknown;
  /** Seconds between two writes; longer if writing is slow, so that it takes at most a twentieth of the time. */
  readonly everySeconds: number;
  /** Anything else to save with the state, for example times; restored as {@link TrainingCheckpointFile.savedNotes}. */
  readonly notes?: (() => unknown) | undefined;
  /** Called when a damaged file is found and set aside; by default a Node.js warning is emitted. */
  readonly onDamage?: DamageListener | undefined;
}

/** Writing takes at most this share of the time. */
const WRITING_SHARE = 0.05;

/**
 * The state of a training in progress, in one safetensors file with its SHA-256. The file holds either the old state or the complete
 * new one, even if the process is killed or power is lost.
 */
export class TrainingCheckpointFile implements TrainingCheckpoints {
  readonly #path: string;
  readonly #options: TrainingCheckpointOptions;
  #nextAt: number;
  #savedNotes: unknown;

  constructor(path: string, options: TrainingCheckpointOptions) {
    this.#path = path;
    this.#options = options;
    this.#nextAt = performance.now() + 1000 * options.everySeconds;
  }

  /** The notes saved with the loaded state; undefined if nothing was loaded. */
  get savedNotes(): unknown {
    return this.#savedNotes;
  }

  /**
   * The saved state of this training. Returns undefined, so that training starts over, if the state belongs to another training or the
   * file is damaged. A damaged file is set aside.
   */
  async load(): Promise<TrainingState | undefined> {
    const { identity: own, onDamage = warnOfDamage } = this.#options;
    const decode = (content: Uint8Array) => {
      const saved = savedIn(content, this.#path);
      if (contentHash(saved.identity) !== contentHash(own)) return undefined;
      return { ...saved, arrays: decodeSealedSafetensors(content, this.#path) };
    };
    const saved = readKept(this.#path, decode, onDamage);
    if (!saved) return undefined;
    this.#savedNotes = saved.notes;
    return { arrays: saved.arrays, progress: saved.progress };
  }

  /** @throws BalancedRecError `files/...` if the state cannot be written; the old one is kept */
  async offer(state: () => TrainingState): Promise<void> {
    const start = performance.now();
    if (start < this.#nextAt) return;
    const { arrays, progress } = state();
    const { identity, notes, everySeconds } = this.#options;
    const saved: Saved = { identity, progress, notes: notes?.() };
    makeFolderWithin(dirname(this.#path));
    await writeFileAtomically(this.#path, sealedSafetensorsChunks(arrays, { training: JSON.stringify(saved) }));
    const end = performance.now();
    this.#nextAt = end + Math.max(1000 * everySeconds, (end - start) / WRITING_SHARE);
  }

  /** Deletes the file once training has finished. */
  async remove(): Promise<void> {
    await rm(this.#path, { force: true });
  }
}

/** The identity of the training whose state a file holds; undefined if the file is missing, damaged or something else. */
export async function identityOfCheckpoint(path: string): Promise<unknown> {
  try {
    const content = withoutDigest(await readFile(path));
    return content && savedIn(content, path).identity;
  } catch {
    return undefined;
  }
}

interface Saved {
  readonly identity: unknown;
  readonly progress: TrainingProgress;
  readonly notes: unknown;
}

/** @throws SyntaxError, TypeError for a file with other metadata; BalancedRecError `safetensors/malformed` */
function savedIn(content: Uint8Array, path: string): Saved {
  const { identity, progress, notes } = JSON.parse(safetensorsHeader(content, path).metadata.training ?? '') as Saved;
  return { identity, progress, notes };
}
