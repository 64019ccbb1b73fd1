import { readFile, stat } from 'node:fs/promises';

/** The blob with the last state of a task that is under way. */
export function stateName(key: string): string {
  return `states/${key}`;
}

/** How often to look whether a run has saved its state; saving it is up to `--checkpoint-every`. */
const LOOK_EVERY_MS = 500;

/** Passes on each state that a run saves to its file, until it is stopped. */
export class StateUpload {
  readonly #file: string;
  readonly #put: (state: Uint8Array) => Promise<void>;
  readonly #timer: NodeJS.Timeout;
  #last: string | undefined;
  #uploading: Promise<void> | undefined;

  /** @param put may fail: the next state is another try */
  constructor(file: string, put: (state: Uint8Array) => Promise<void>) {
    this.#file = file;
    this.#put = put;
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  /** Passes the last state on as well, if it is not yet. */
  async finish(): Promise<void> {
    clearInterval(this.#timer);
    await this.#uploading;
    this.#look();
    await this.#uploading;
  }

  #look(): void {
    this.#uploading ??= this.#upload().finally(() => {
      this.#uploading = undefined;
    });
  }

  async #upload(): Promise<void> {
    try {
      // A state is replaced by renaming, so each is a file of its own.
      const { ino, mtimeNs, size } = await stat(this.#file, { bigint: true });
      const saved = `${ino} ${mtimeNs} ${size}`;
      if (saved === this.#last) return;
      await this.#put(await readFile(this.#file));
      this.#last = saved;
    } catch {
      // No state yet, or none any more; or the store is away.
    }
  }
}
