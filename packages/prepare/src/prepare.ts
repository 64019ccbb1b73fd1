import { rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { checkFileName, hashDataset, writeFolder } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import { ROLES, type Role } from './columns/known-columns.js';
import { type ColumnMapping, checkColumns, mapColumns } from './columns/map-columns.js';
import { Workspace } from './duckdb/workspace.js';
import { parsePrepareOptions } from './options/parse-options.js';
import type { CompleteOptions, PrepareOptions, SplitMethod } from './options/prepare-options.js';
import { collectSplits } from './output/collect-splits.js';
import { type DatasetRecord, recordSource, recordVersions } from './output/dataset-record.js';
import { numberAnew } from './output/number-anew.js';
import { writeIds } from './output/write-ids.js';
import { writeInter } from './output/write-inter.js';
import { writeItems } from './output/write-items.js';
import { writeLattice } from './output/write-lattice.js';
import { findSources } from './sources/find-sources.js';
import type { SourceFile } from './sources/source-file.js';
import { dropUntrainedUsers, NEEDS_TIME, splitInteractions } from './splits/split-interactions.js';
import { keepCore, keepRatedAtLeast, mergeDuplicates } from './steps/filter-interactions.js';
import { numberIds } from './steps/number-ids.js';
import { type LogFile, readLog } from './steps/read-log.js';
import type { Step } from './steps/step.js';
import { StepLog } from './steps/step-log.js';
import { openTable } from './tables/open-table.js';

/** What is told while preparing goes on. */
export interface PrepareListener {
  /** The columns are known; nothing has been read yet. */
  mapped?(mapping: ColumnMapping, splitBy: SplitMethod, unused: readonly Role[]): void;
  /** A step is done. */
  step?(step: Step): void;
}

/**
 * Makes a dataset folder of raw interaction logs: reads them, filters, splits, numbers users and items from 0, and writes the
 * splits, the ids and `dataset.json`. Everything larger than memory stays in DuckDB, whose files are in the folder while it is
 * made; the folder appears as a whole or not at all.
 *
 * @param signal ends it early; nothing is left behind then
 * @returns what is in `dataset.json`
 * @throws BalancedRecError `prepare/...`, the README lists the codes; `dataset/folder-exists`, `dataset/bad-name`
 */
export async function prepare(
  options: PrepareOptions,
  { listener = {}, signal }: { listener?: PrepareListener; signal?: AbortSignal | undefined } = {},
): Promise<DatasetRecord> {
  const complete = parsePrepareOptions(options);
  const name = complete.name ?? basename(resolve(complete.out));
  checkFileName(name);
  const { out, overwrite } = complete;
  return writeFolder(out, (folder) => prepareInto(folder, name, complete, listener, signal), { overwrite });
}

async function prepareInto(
  folder: string,
  name: string,
  options: CompleteOptions,
  listener: PrepareListener,
  signal: AbortSignal | undefined,
): Promise<DatasetRecord> {
  const { memory, threads, extensionFolder, extensionRepository } = options;
  const scratch = join(folder, '.preparing');
  const workspace = await Workspace.open(scratch, { memory, threads, extensionFolder, extensionRepository, signal });
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
  const files = await openTables(workspace, sources, options);
  const mapping = mapColumns(files[0]!.table.columns, options, files[0]!.path);
  for (const { table, path } of files.slice(1)) checkColumns(mapping, table.columns, path);

  const splitBy = options.splitBy ?? (mapping.split ? 'column' : 'random');
  const roles = rolesUsed(mapping, splitBy, options, files[0]!.path);
  const unused = ROLES.filter((role) => mapping[role] && !roles.includes(role));
  listener.mapped?.(mapping, splitBy, unused);

  const steps = new StepLog(workspace, (step) => listener.step?.(step));
  const badRows = await readLog(workspace, files, mapping, roles, options.dropBadRows);
  await filterAndSplit(workspace, steps, roles, splitBy, options);
  await numberAnew(workspace);
  const { users, items } = steps.last;
  const content = {
    ...{ name, userCount: users, itemCount: items, features: {}, modalities: [] },
    ...(await collectSplits(workspace, users, files.map(({ path }) => path).join(', '))),
  };
  if (options.layout.includes('mmrec')) await writeInter(join(folder, `${name}.inter`), content);
  if (options.layout.includes('lattice')) await writeLattice(folder, content);
  await writeIds(workspace, folder);
  const described =
    itemSources &&
    (await writeItems(workspace, await openTables(workspace, itemSources, { ...options, columns: undefined }), {
      key: options.itemsKey,
      likely: mapping.item!.column,
      folder,
    }));

  await steps.done('write');

  const [train, validation, test] = [content.train, content.validation, content.test].map(
    (split) => split.items.length,
  );
  return {
    format: 'balanced-rec prepared dataset 1',
    name,
    hash: hashDataset(content),
    layouts: options.layout,
    counts: { users, items, train: train!, validation: validation!, test: test! },
    sources: sources.map(recordSource),
    mapping,
    unused,
    steps: steps.steps,
    badRows,
    splitBy,
    seed: options.seed,
    ...(described ? { items: { ...described, sources: itemSources.map(recordSource) } } : {}),
    options,
    versions: recordVersions(),
    date: new Date().toISOString(),
  };
}

async function openTables(
  workspace: Workspace,
  sources: readonly SourceFile[],
  options: CompleteOptions,
): Promise<LogFile[]> {
  const { delimiter, quote, encoding, columns } = options;
  const files: LogFile[] = [];
  for (const source of sources) {
    files.push({
      path: source.path,
      table: await openTable(workspace, source, { delimiter, quote, encoding, columns }),
    });
  }
  return files;
}

/** The columns that are needed; what is in the others does not matter. */
function rolesUsed(
  mapping: ColumnMapping,
  splitBy: SplitMethod,
  { minRating }: Pick<CompleteOptions, 'minRating'>,
  place: string,
): Role[] {
  const needed: [Role, string | false][] = [
    ['rating', minRating !== undefined && '--min-rating'],
    ['time', NEEDS_TIME.includes(splitBy) && `a split by ${splitBy}`],
    ['split', splitBy === 'column' && 'a split by column'],
  ];
  const wanted = needed.filter((need): need is [Role, string] => need[1] !== false);
  const missing = wanted.find(([role]) => mapping[role] === undefined);
  if (missing !== undefined) throw columnNeeded(...missing, place);
  return ['user', 'item', ...wanted.map(([role]) => role)];
}

async function filterAndSplit(
  workspace: Workspace,
  steps: StepLog,
  roles: readonly Role[],
  splitBy: SplitMethod,
  options: CompleteOptions,
): Promise<void> {
  const [hasTimes, hasSplits, hasRatings] = (['time', 'split', 'rating'] as const).map((role) => roles.includes(role));
  await numberIds(workspace, hasSplits!, hasTimes!, hasRatings!);
  await steps.done('read');
  if (options.minRating !== undefined) {
    await keepRatedAtLeast(workspace, options.minRating);
    await steps.done(`keep ratings of at least ${options.minRating}`);
  }
  await mergeDuplicates(workspace, hasTimes!, hasSplits!);
  await steps.done('merge duplicates');
  const userCore = options.userCore ?? options.core ?? 1;
  const itemCore = options.itemCore ?? options.core ?? 1;
  if (userCore > 1 || itemCore > 1) {
    const rounds = await keepCore(workspace, userCore, itemCore);
    await steps.done(`keep users with at least ${userCore} and items with at least ${itemCore}`, { rounds });
  }
  await splitInteractions(workspace, splitBy, options);
  await steps.done(`split by ${splitBy}`);
  if (splitBy === 'global-time' && (await dropUntrainedUsers(workspace))) {
    await steps.done('leave out users without training');
  }
}

function columnNeeded(role: Role, why: string, place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'prepare/no-column',
    message: `${why} needs a column of ${role}s, and none is known`,
    place,
    expected: `a column such as ${role === 'split' ? 'x_label' : role === 'time' ? 'timestamp' : 'rating'}`,
    found: 'none of a name that tells',
    remedy: `name the column with --${role}`,
  });
}
