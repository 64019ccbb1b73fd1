import { open, readFile, rm } from 'node:fs/promises';
import { contentHash } from '../distillation/teacher-cache.js';
import type { TrainingCheckpoints } from '../training/train.js';
import type { TrainingProgress, TrainingState } from '../training/training-state.js';
import { decodeSafetensors, safetensorsChunks } from './safetensors.js';
import { type SafetensorsHeader, safetensorsDataStart, safetensorsHeader } from './safetensors-header.js';
import { writeFileAtomically } from './write-folder.js';

/** Which training the file is of, and how often it is written. */
export interface TrainingCheckpointOptions {
  /** All that the training depends on; a state of another identity is not gone on from. */
  readonly identity: unknown;
  /** Seconds between two writes; more where writing takes long, so that it stays below a twentieth of the time. */
  readonly everySeconds: number;
  /** What else to keep with the state, for example times; found again in {@link TrainingCheckpointFile.savedNotes}. */
  readonly notes?: () => unknown;
}

/** Writing may take this share of the time at most. */
const WRITING_SHARE = 0.05;

/** A training in progress in one safetensors file, which holds the old state or the whole new one, even if the process is killed. */
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

  /** The state of this very training; a damaged file, or another's, counts as none, and training starts anew. */
  async load(): Promise<TrainingState | undefined> {
    try {
      const bytes = await readFile(this.#path);
      const { identity, progress, notes } = savedIn(safetensorsHeader(bytes, this.#path));
      if (contentHash(identity) !== contentHash(this.#options.identity)) return undefined;
      const arrays = decodeSafetensors(bytes, this.#path);
      this.#savedNotes = notes;
      return { arrays, progress };
    } catch {
      return undefined;
    }
  }

  async offer(state: () => TrainingState): Promise<void> {
    const start = performance.now();
    if (start < this.#nextAt) return;
    const { arrays, progress } = state();
    const { identity, notes, everySeconds } = this.#options;
    const saved: Saved = { identity, progress, notes: notes?.() };
    await writeFileAtomically(this.#path, safetensorsChunks(arrays, { training: JSON.stringify(saved) }));
    const end = performance.now();
    this.#nextAt = end + Math.max(1000 * everySeconds, (end - start) / WRITING_SHARE);
  }

  /** For a training that is over. */
  async remove(): Promise<void> {
    await rm(this.#path, { force: true });
  }
}

/** The identity of the training whose state a file holds, if it holds one; its arrays are not read. */
export async function identityOfCheckpoint(path: string): Promise<unknown> {
  const file = await open(path).catch(() => undefined);
  if (!file) return undefined;
  try {
    const { size } = await file.stat();
    const start = await file.read(Buffer.alloc(8), 0, 8, 0);
    const header = Buffer.alloc(safetensorsDataStart(start.buffer.subarray(0, start.bytesRead), size, path));
    await file.read(header, 0, header.length, 0);
    return savedIn(safetensorsHeader(header, path)).identity;
  } catch {
    return undefined;
  } finally {
    await file.close();
  }
}

interface Saved {
  readonly identity: unknown;
  readonly progress: TrainingProgress;
  readonly notes: unknown;
}

/** @throws SyntaxError for a file of other metadata */
function savedIn({ metadata }: SafetensorsHeader): Saved {
  return JSON.parse(metadata.training ?? '');
}
