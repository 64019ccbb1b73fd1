import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolderWithin, storageError, withLock } from '@balanced-rec/files';

/** The hidden folder of a dataset in which features come into being. */
const NAME = '.features';

/** Where the work on one modality is kept. */
export class WorkingFolder {
  readonly #folder: string;
  readonly #modality: string;

  constructor(folder: string, modality: string) {
    this.#folder = folder;
    this.#modality = modality;
  }

  /** A path for a file that is then renamed into its place. */
  path(name: string): string {
    return join(this.#folder, `${this.#modality}~${name}`);
  }

  /**
   * The log of the work that `key` identifies. Logs of other work on this modality are removed.
   * @returns also how many there were
   */
  async logOf(key: string): Promise<{ path: string; dropped: number }> {
    const path = this.path(`${key.slice(0, 32)}.log`);
    const others = (await this.#logs()).filter((other) => other !== path);
    for (const other of others) await rm(other, { force: true });
    return { path, dropped: others.length };
  }

  /** Removes all that is left of this modality. */
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
 * Works on a modality's features in a dataset's hidden folder, alone. The folder goes when it is empty.
 *
 * @throws BalancedRecError `files/in-use`, `files/...` where it cannot be written
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
    // Another modality may be in the making.
    await rmdir(folder).catch(() => {});
  }
}
