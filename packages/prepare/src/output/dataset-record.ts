import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ColumnMapping } from '../columns/map-columns.js';
import { Workspace } from '../duckdb/workspace.js';
import type { CompleteOptions, SplitMethod } from '../options/prepare-options.js';
import type { SourceFile } from '../sources/source-file.js';
import type { Step } from '../steps/step-log.js';
import type { ItemsFound } from './write-items.js';

/** Where a dataset comes from and how it was built: the content of `dataset.json`. */
export interface DatasetRecord {
  readonly format: 'balanced-rec prepared dataset 1';
  readonly name: string;
  /** The hash of the dataset as `readDataset` reads it, before features are added. */
  readonly hash: string;
  readonly layouts: CompleteOptions['layout'];
  readonly counts: {
    readonly users: number;
    readonly items: number;
    readonly train: number;
    readonly validation: number;
    readonly test: number;
  };
  readonly sources: readonly SourceRecord[];
  readonly mapping: ColumnMapping;
  /** Roles whose columns are present but not used. */
  readonly unused: readonly string[];
  readonly steps: readonly Step[];
  /** Rows dropped because they are invalid. */
  readonly badRows: number;
  /** Interactions that come from lists of items: one for each item of a row. */
  readonly listed: number;
  /** Roles whose ids were written as whole floats, such as 1.0, and are read as whole numbers. */
  readonly wholeFloats: readonly string[];
  readonly splitBy: SplitMethod;
  readonly seed: number;
  readonly items?: (ItemsFound & { readonly sources: readonly SourceRecord[] }) | undefined;
  /** All options, with defaults filled in. */
  readonly options: CompleteOptions;
  readonly versions: Readonly<Record<string, string>>;
  /** When it was built: ISO 8601, UTC. */
  readonly date: string;
}

/** A file that was read. Remote files have no size or hash. */
export interface SourceRecord {
  readonly path: string;
  readonly format: string;
  readonly compression: string;
  readonly bytes: number | null;
  readonly sha256: string | null;
}

export function recordSource({ path, format, compression, size, sha256 }: SourceFile): SourceRecord {
  return { path, format, compression, bytes: size ?? null, sha256: sha256 ?? null };
}

/** The versions of the packages that determine a prepared dataset. */
export function recordVersions(): Record<string, string> {
  const manifest = JSON.parse(
    readFileSync(createRequire(import.meta.url).resolve('@balanced-rec/prepare/package.json'), 'utf8'),
  );
  return {
    [manifest.name]: manifest.version,
    duckdb: Workspace.version.replace(/^v/, ''),
    node: process.versions.node,
  };
}
