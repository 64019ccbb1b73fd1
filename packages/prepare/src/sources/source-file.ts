import { basename } from 'node:path';
import { BalancedRecError, nearestName } from '@balanced-rec/errors';
import type { FileFormat } from '../options/prepare-options.js';

/** A file to read, found and inspected. */
export interface SourceFile {
  /** As given, or as found by a pattern. */
  readonly path: string;
  /** The path for DuckDB, with pattern characters escaped. */
  readonly pattern: string;
  readonly format: FileFormat;
  readonly compression: 'none' | 'gzip' | 'zstd';
  readonly isRemote: boolean;
  /** The size on disk in bytes. Remote files have no size or hash. */
  readonly size: number | undefined;
  readonly sha256: string | undefined;
  /** The beginning of the text, if it could be read without DuckDB. */
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

/** The extensions of files with tabs, whatever their content. */
const TAB_EXTENSIONS = ['tsv', 'tab', 'inter'];

/** Whether a file's name says that its columns are separated by tabs. */
export function isTabbed(path: string): boolean {
  return TAB_EXTENSIONS.includes(contentExtension(path));
}

export function compressionByName(path: string): 'none' | 'gzip' | 'zstd' {
  const ending = /\.(gz|zst)$/.exec(withoutQuery(path).toLowerCase())?.[1];
  return ending === 'gz' ? 'gzip' : ending === 'zst' ? 'zstd' : 'none';
}

/**
 * Detects the format from a file's name.
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
    message: "cannot detect the format from the file's name",
    place: path,
    expected: `an extension such as ${Object.keys(byExtension).join(', ')}, optionally followed by .gz or .zst`,
    found: extension === '' ? 'no extension' : `.${extension}`,
    remedy: `set --format csv, json or parquet${nearest === undefined ? '' : `; or did you mean .${nearest}?`}`,
  });
}

/** The extension that describes the content, without that of the compression, in lower case. */
function contentExtension(path: string): string {
  const name = basename(withoutQuery(path)).toLowerCase();
  return /\.([a-z0-9]+)$/.exec(name.replace(/\.(gz|zst)$/, ''))?.[1] ?? '';
}

/** A URL may continue after the file name. */
function withoutQuery(path: string): string {
  return /^https?:/i.test(path) ? path.replace(/[?#].*$/, '') : path;
}
