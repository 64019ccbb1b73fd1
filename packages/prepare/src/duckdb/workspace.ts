import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type DuckDBConnection, type DuckDBDataChunk, DuckDBInstance, version } from '@duckdb/node-api';
import type { CompleteOptions } from '../options/prepare-options.js';
import { explainDuckdbError, type Place } from './explain-duckdb-error.js';

/** DuckDB's resource limits, and where its extensions come from. By default, DuckDB's own locations. */
type WorkspaceOptions = Pick<CompleteOptions, 'memory' | 'threads' | 'extensionFolder' | 'extensionRepository'>;

/** A cell of a small result. */
export type Cell = string | number | boolean | null;

/** A DuckDB database in its own folder, which holds everything larger than memory. Every DuckDB error is explained. */
export class Workspace {
  /** The version of DuckDB. */
  static readonly version = version();
  readonly #folder: string;
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #signal: AbortSignal | undefined;
  #files = 0;
  readonly #memory: string;
  readonly #interrupt = () => this.#connection.interrupt();

  private constructor(
    folder: string,
    instance: DuckDBInstance,
    connection: DuckDBConnection,
    memory: string,
    signal: AbortSignal | undefined,
  ) {
    this.#folder = folder;
    this.#instance = instance;
    this.#connection = connection;
    this.#memory = memory;
    this.#signal = signal;
    this.#signal?.addEventListener('abort', this.#interrupt);
  }

  /** @param folder created; DuckDB writes nowhere else, except for the extension that remote files need */
  static async open(folder: string, options: WorkspaceOptions, signal: AbortSignal | undefined): Promise<Workspace> {
    await mkdir(folder, { recursive: true });
    const instance = await DuckDBInstance.create(join(folder, 'log.duckdb'), settingsOf(folder, options)).catch(
      (error) => {
        throw explainDuckdbError(error, 'opening DuckDB', options.memory);
      },
    );
    const workspace = new Workspace(folder, instance, await instance.connect(), options.memory, signal);
    // Dates without a time zone must mean the same on every machine.
    await workspace.run(`SET TimeZone = 'UTC'`, 'opening DuckDB');
    return workspace;
  }

  /** The path of a new file in the workspace's folder. */
  newFile(): string {
    return join(this.#folder, `file-${++this.#files}`);
  }

  /** @param place the step or file, for the error */
  async run(sql: string, place: Place): Promise<void> {
    await this.#explained(place, () => this.#connection.run(sql));
  }

  /** Replaces a table with the result of a query over it. */
  async replaceTable(table: string, query: string, place: Place): Promise<void> {
    await this.run(`CREATE TABLE replacement AS ${query}`, place);
    await this.run(`DROP TABLE ${table}; ALTER TABLE replacement RENAME TO ${table}`, place);
  }

  /** All rows of a small result. Counts become numbers. */
  async rows(sql: string, place: Place): Promise<Cell[][]> {
    const rows = await this.#explained(place, async () => (await this.#connection.runAndReadAll(sql)).getRowsJS());
    return rows.map((row) => row.map((cell) => (typeof cell === 'bigint' ? Number(cell) : (cell as Cell))));
  }

  /** The first row of a result of numbers. */
  async numbers(sql: string, place: Place): Promise<number[]> {
    const [row] = await this.rows(sql, place);
    return row!.map(Number);
  }

  /** Streams a result of any size, a few thousand rows at a time. */
  async *stream(sql: string, place: Place): AsyncGenerator<DuckDBDataChunk> {
    const result = await this.#explained(place, () => this.#connection.stream(sql));
    for (;;) {
      const chunk = await this.#explained(place, () => result.fetchChunk());
      if (chunk === null || chunk.rowCount === 0) return;
      yield chunk;
    }
  }

  /** Runs `act` with rows read in file order, for steps where that order matters. */
  async inFileOrder<T>(act: () => Promise<T>): Promise<T> {
    await this.run('SET preserve_insertion_order = true', 'setting DuckDB');
    try {
      return await act();
    } finally {
      await this.run('SET preserve_insertion_order = false', 'setting DuckDB');
    }
  }

  close(): void {
    this.#signal?.removeEventListener('abort', this.#interrupt);
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  async #explained<T>(place: Place, act: () => Promise<T>): Promise<T> {
    this.#signal?.throwIfAborted();
    try {
      return await act();
    } catch (error) {
      this.#signal?.throwIfAborted();
      throw explainDuckdbError(error as Error, place, this.#memory);
    }
  }
}

/** Formats a text as an SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Formats a name as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function settingsOf(
  folder: string,
  { memory, threads, extensionFolder, extensionRepository }: WorkspaceOptions,
): Record<string, string> {
  return {
    memory_limit: memory,
    temp_directory: join(folder, 'spill'),
    // Keeping the order costs memory, so only steps that need the file order turn it on.
    preserve_insertion_order: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    ...(threads === undefined ? {} : { threads: String(threads) }),
    ...(extensionFolder === undefined ? {} : { extension_directory: extensionFolder }),
    ...(extensionRepository === undefined ? {} : { custom_extension_repository: extensionRepository }),
  };
}
