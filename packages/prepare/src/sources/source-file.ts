/** How a file's rows are written. Tabs and other delimiters are `csv` too. */
export type FileFormat = 'csv' | 'json' | 'parquet';

/** A file to read, found and looked at. */
export interface SourceFile {
  /** As given, or as a pattern has found it. */
  readonly path: string;
  /** The path as DuckDB takes it: without patterns. */
  readonly pattern: string;
  readonly format: FileFormat;
  readonly compression: 'none' | 'gzip' | 'zstd';
  readonly isRemote: boolean;
  /** Bytes on disk; undefined for a remote file, as is the hash. */
  readonly size: number | undefined;
  readonly sha256: string | undefined;
  /** The beginning of the text, where it could be had without DuckDB. */
  readonly head: Uint8Array | undefined;
}
