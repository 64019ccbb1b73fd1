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

/** Which training the file is of, and how often it is written. */
export interface TrainingCheckpointOptions {
  /** All that the training depends on; a state of another identity is not gone on from. */
  readonly identity: unknown;
  /** Seconds between two writes; more where writing takes long, so that it stays below a twentieth of the time. */
  readonly everySeconds: number;
  /** What else to keep with the state, for example times; found again in {@link TrainingCheckpointFile.savedNotes}. */
  readonly notes?: (() => unknown) | undefined;
  /** Hears of a damaged file, which is set aside; by default it is a warning of Node.js. */
  readonly onDamage?: DamageListener | undefined;
}

/** Writing may take this share of the time at most. */
const WRITING_SHARE = 0.05;

/**
 * A training in progress in one safetensors file, with its SHA-256. It holds the old state or the whole new one, even if the process is
 * killed or the power is cut.
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

  /** The notes that stood beside the state that was loaded; undefined where there was none. */
  get savedNotes(): unknown {
    return this.#savedNotes;
  }

  /** The state of this very training. Another's counts as none, and so does a damaged file, which is set aside: training starts anew. */
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

  /** @throws BalancedRecError `files/...` where the state cannot be written; the old one stands */
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

  /** For a training that is over. */
  async remove(): Promise<void> {
    await rm(this.#path, { force: true });
  }
}

/** The identity of the training whose state a file holds, if it holds one and is whole. */
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

/** @throws SyntaxError, TypeError for a file of other metadata; BalancedRecError `safetensors/malformed` */
function savedIn(content: Uint8Array, path: string): Saved {
  const { identity, progress, notes } = JSON.parse(safetensorsHeader(content, path).metadata.training ?? '') as Saved;
  return { identity, progress, notes };
}
