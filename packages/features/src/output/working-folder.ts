import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolderWithin, storageError, withLock } from '@balanced-rec/files';

/** The hidden folder of a dataset in which features are built. */
const NAME = '.features';

/** Where the work on one modality is kept. */
export class WorkingFolder {
  readonly #folder: string;
  readonly #modality: string;

  constructor(folder: string, modality: string) {
    this.#folder = folder;
    this.#modality = modality;
  }

  /** A path for a file that is later renamed to its final place. */
  path(name: string): string {
    return join(this.#folder, `${this.#modality}~${name}`);
  }

  /**
   * Returns the log of the work identified by `key`, and removes the logs of other work on this modality.
   *
   * @returns the path, and how many other logs there were
   */
  async logOf(key: string): Promise<{ path: string; dropped: number }> {
    const path = this.path(`${key.slice(0, 32)}.log`);
    const others = (await this.#logs()).filter((other) => other !== path);
    for (const other of others) await rm(other, { force: true });
    return { path, dropped: others.length };
  }

  /** Removes everything left of this modality. */
  async clear(): Promise<void> {
    for (const path of await this.#logs()) await rm(path, { force: true });
  }

  async #logs(): Promise<string[]> {
    const names = await readdir(this.#folder);
    return names
      .filter((name) => name.startsWith(`${this.#modality}~`) && name.endsWith('.log'))
      .map((name) => join(this.#folder, name));
  }
}

/**
 * Works on a modality's features in a dataset's hidden folder, under a lock. Removes the folder once it is empty.
 *
 * @throws BalancedRecError `files/in-use`, `files/...` if the folder cannot be written
 */
export async function withWorkingFolder<T>(
  dataset: string,
  modality: string,
  use: (folder: WorkingFolder) => Promise<T>,
): Promise<T> {
  const folder = join(dataset, NAME);
  makeFolderWithin(folder);
  try {
    return await withLock(join(folder, `${modality}~lock`), join(dataset, modality), () =>
      use(new WorkingFolder(folder, modality)),
    );
  } catch (error) {
    throw storageError(error, dataset, folder);
  } finally {
    // Another modality may still be in progress.
    await rmdir(folder).catch(() => {});
  }
}
