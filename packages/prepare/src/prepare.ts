import { rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { checkFileName, writeFolder } from '@balanced-rec/datasets';
import { findItemKey, type ItemFiles } from './columns/item-key.js';
import type { Role } from './columns/known-columns.js';
import { type ColumnMapping, mapFiles } from './columns/map-columns.js';
import { planColumns } from './columns/plan-columns.js';
import { Workspace } from './duckdb/workspace.js';
import { parsePrepareOptions } from './options/parse-options.js';
import type { CompleteOptions, PrepareOptions, SplitMethod } from './options/prepare-options.js';
import { type DatasetRecord, recordSource, recordVersions } from './output/dataset-record.js';
import { writeItems } from './output/write-items.js';
import { writeSplits } from './output/write-splits.js';
import { findSources, keepSources } from './sources/find-sources.js';
import type { SourceFile } from './sources/source-file.js';
import { filterAndSplit, filtersOf } from './steps/filter-and-split.js';
import { readLog } from './steps/read-log.js';
import { type Step, StepLog } from './steps/step-log.js';
import { openTables } from './tables/open-tables.js';

/** Callbacks for progress. */
export interface PrepareListener {
  /** Called once the columns are known, before any rows are read. */
  mapped?(mapping: ColumnMapping, splitBy: SplitMethod, unused: readonly Role[]): void;
  /** Called after each step. */
  step?(step: Step): void;
}

/**
 * Builds a dataset folder from raw interaction logs: reads them, filters, splits, numbers users and items from 0, and writes
 * the splits, the ids and `dataset.json`. Everything larger than memory stays in DuckDB, whose files are in the temporary
 * folder during the run. The folder appears complete or not at all.
 *
 * @param signal aborts the run, leaving nothing behind
 * @returns the content of `dataset.json`
 * @throws BalancedRecError `prepare/...`, the README lists the codes; `dataset/folder-exists`, `dataset/bad-name`; `files/...`
 *   if the folder cannot be written
 */
export async function prepare(
  options: PrepareOptions,
  { listener = {}, signal }: { listener?: PrepareListener; signal?: AbortSignal | undefined } = {},
): Promise<DatasetRecord> {
  const complete = parsePrepareOptions(options);
  const name = complete.name ?? basename(resolve(complete.out));
  checkFileName(name);
  const { out, overwrite } = complete;
  try {
    return await writeFolder(out, (folder) => prepareInto(folder, name, complete, listener, signal), { overwrite });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

async function prepareInto(
  folder: string,
  name: string,
  options: CompleteOptions,
  listener: PrepareListener,
  signal: AbortSignal | undefined,
): Promise<DatasetRecord> {
  const scratch = join(folder, '.preparing');
  const workspace = await Workspace.open(scratch, options, signal);
  try {
    const record = await makeDataset(workspace, folder, name, options, listener, signal);
    await writeFile(join(folder, 'dataset.json'), `${JSON.stringify(record, null, 2)}\n`);
    return record;
  } finally {
    workspace.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function makeDataset(
  workspace: Workspace,
  folder: string,
  name: string,
  options: CompleteOptions,
  listener: PrepareListener,
  signal: AbortSignal | undefined,
): Promise<DatasetRecord> {
  const sources = await findSources(workspace, options.interactions, options.format, signal);
  const itemSources = options.items && (await findSources(workspace, options.items, undefined, signal));
  keepSources([...sources, ...(itemSources ?? [])], options.out);
  const files = await openTables(workspace, sources, options);
  const plan = planColumns(mapFiles(files, options), options, files[0]!.path);
  listener.mapped?.(plan.mapping, plan.splitBy, plan.unused);
  const itemFiles = itemSources && (await openItems(workspace, itemSources, plan.mapping.item!.column, options));

  const place = files.map(({ path }) => path).join(', ');
  const steps = new StepLog(workspace, filtersOf(options), (step) => listener.step?.(step));
  const { badRows, listed } = await readLog(workspace, files, plan, options.dropBadRows);
  const numbering = await filterAndSplit(workspace, steps, plan, options, itemFiles, place);
  const written = await writeSplits(workspace, steps.last, { folder, name, layouts: options.layout, place });
  const items = itemFiles && (await writeItems(workspace, itemFiles, numbering, folder));
  await steps.done('write');

  return {
    format: 'balanced-rec prepared dataset 1',
    name,
    ...written,
    layouts: options.layout,
    sources: sources.map(recordSource),
    mapping: plan.mapping,
    unused: plan.unused,
    steps: steps.steps,
    badRows,
    listed,
    wholeFloats: numbering.wholeFloats,
    splitBy: plan.splitBy,
    seed: options.seed,
    items: items && { ...items, sources: itemSources!.map(recordSource) },
    options,
    versions: recordVersions(),
    date: new Date().toISOString(),
  };
}

async function openItems(
  workspace: Workspace,
  sources: readonly SourceFile[],
  likely: string,
  options: CompleteOptions,
): Promise<ItemFiles> {
  // How the log is delimited tells nothing about the item files.
  const files = await openTables(workspace, sources, { ...options, columns: undefined, delimiter: undefined });
  return findItemKey(files, options.itemsKey, likely);
}
