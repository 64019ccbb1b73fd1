import { readFile, stat } from 'node:fs/promises';

/** The name of the blob with the last state of a task in progress. */
export function stateName(key: string): string {
  return `states/${key}`;
}

/** How often to check whether a run has saved its state; `--checkpoint-every` decides how often it does. */
const LOOK_EVERY_MS = 500;

/** Uploads each state that a run saves to its file, until stopped. */
export class StateUpload {
  readonly #file: string;
  readonly #put: (state: Uint8Array) => Promise<void>;
  readonly #timer: NodeJS.Timeout;
  #last: string | undefined;
  #uploading: Promise<void> | undefined;

  /** @param put may fail; the next look tries again */
  constructor(file: string, put: (state: Uint8Array) => Promise<void>) {
    this.#file = file;
    this.#put = put;
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  /** Uploads the last state if necessary, then stops. */
  async finish(): Promise<void> {
    await this.#uploading;
    this.#look();
    await this.stop();
  }

  /** Stops. Afterwards nothing is being uploaded. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#uploading;
  }

  #look(): void {
    this.#uploading ??= this.#upload().finally(() => {
      this.#uploading = undefined;
    });
  }

  async #upload(): Promise<void> {
    try {
      // A state is replaced by renaming, so each one is a separate file.
      const { ino, mtimeNs, size } = await stat(this.#file, { bigint: true });
      const saved = `${ino} ${mtimeNs} ${size}`;
      if (saved === this.#last) return;
      await this.#put(await readFile(this.#file));
      this.#last = saved;
    } catch {
      // There is no state yet or any more, or the store is unavailable.
    }
  }
}
