import { basename } from 'node:path';
import { BalancedRecError, nearestName } from '@balanced-rec/errors';
import type { FileFormat } from '../options/prepare-options.js';

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

const byExtension: Readonly<Record<string, FileFormat>> = {
  csv: 'csv',
  tsv: 'csv',
  tab: 'csv',
  txt: 'csv',
  dat: 'csv',
  data: 'csv',
  inter: 'csv',
  json: 'json',
  jsonl: 'json',
  ndjson: 'json',
  parquet: 'parquet',
  pq: 'parquet',
};

/** The extensions of files with tabs, whatever else is in them. */
const TAB_EXTENSIONS = ['tsv', 'tab', 'inter'];

/** Whether a file's name says that tabs separate its columns. */
export function isTabbed(path: string): boolean {
  return TAB_EXTENSIONS.includes(contentExtension(path));
}

export function compressionByName(path: string): 'none' | 'gzip' | 'zstd' {
  const ending = /\.(gz|zst)$/.exec(withoutQuery(path).toLowerCase())?.[1];
  return ending === 'gz' ? 'gzip' : ending === 'zst' ? 'zstd' : 'none';
}

/**
 * The format that a file's name tells.
 *
 * @throws BalancedRecError `prepare/unknown-format`
 */
export function formatByName(path: string): FileFormat {
  const extension = contentExtension(path);
  const format = Object.hasOwn(byExtension, extension) ? byExtension[extension] : undefined;
  if (format !== undefined) return format;
  const nearest = extension === '' ? undefined : nearestName(extension, Object.keys(byExtension));
  throw new BalancedRecError({
    code: 'prepare/unknown-format',
    message: "the file's name does not tell its format",
    place: path,
    expected: `an ending of: ${Object.keys(byExtension).join(', ')}; each with .gz or .zst behind it or not`,
    found: extension === '' ? 'no ending' : `.${extension}`,
    remedy: `say --format csv, json or parquet${nearest === undefined ? '' : `; or did you mean .${nearest}?`}`,
  });
}

/** The extension that says what is in a file, without that of its compression; in lower case. */
function contentExtension(path: string): string {
  const name = basename(withoutQuery(path)).toLowerCase();
  return /\.([a-z0-9]+)$/.exec(name.replace(/\.(gz|zst)$/, ''))?.[1] ?? '';
}

/** A web address may go on behind the file's name. */
function withoutQuery(path: string): string {
  return /^https?:/i.test(path) ? path.replace(/[?#].*$/, '') : path;
}
