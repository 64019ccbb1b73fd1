import { join } from 'node:path';
import type { ErrorDetails } from '@balanced-rec/errors';
import { SPLITS } from '../dataset/dataset.js';
import { readBytes } from '../disk/reading.js';
import { InteractionLog } from '../interaction-files/interaction-log.js';
import { parseInter } from '../interaction-files/parse-inter.js';
import { parseLatticeSplit } from '../interaction-files/parse-lattice-split.js';
import type { ProblemLog } from '../problems/problem-log.js';
import type { InteractionFiles } from './find-layout.js';

/** The interactions in a folder, and where each was read from. */
export interface InteractionsRead {
  readonly log: InteractionLog;
  /** The file and line of an interaction, given its position in the log. */
  readonly placeAt: (position: number) => string;
  /** The file or folder as a whole. */
  readonly place: string;
}

/** In the order of `SPLITS`. */
const LATTICE_FILES = ['train.json', 'val.json', 'test.json'];

/**
 * Reads all splits and reports empty ones. Reports problems that it can read past and throws the others: see `parseInter` and
 * `parseLatticeSplit`. Returns undefined if there are no interactions at all.
 */
export async function readInteractions(
  files: InteractionFiles,
  problems: ProblemLog,
): Promise<InteractionsRead | undefined> {
  const before = problems.count;
  const read = await (files.layout === 'mmrec'
    ? readTable(files.table, problems)
    : readLattice(files.folder, problems));
  // If lines could not be read, they are the likely reason for an empty split, and they have been reported already.
  const empty = problems.count === before ? explainEmptySplits(read.log, read.place) : undefined;
  if (empty !== undefined) problems.report(empty);
  return read.log.count > 0 ? read : undefined;
}

async function readTable(table: string, problems: ProblemLog): Promise<InteractionsRead> {
  const log = parseInter(await readBytes(table), table, problems);
  return { log, place: table, placeAt: (position) => `${table}:${log.lines[position]}` };
}

async function readLattice(folder: string, problems: ProblemLog): Promise<InteractionsRead> {
  const log = new InteractionLog();
  const paths = LATTICE_FILES.map((name) => join(folder, name));
  for (const [split, path] of paths.entries()) {
    await problems.attempt(async () => parseLatticeSplit(await readBytes(path), path, split, log, problems));
  }
  return { log, place: folder, placeAt: (position) => `${paths[log.splits[position]!]}:${log.lines[position]}` };
}

/** Returns `dataset/empty-split` with the names of the splits without interactions. */
function explainEmptySplits(log: InteractionLog, place: string): ErrorDetails | undefined {
  const counts = [0, 0, 0];
  for (let n = 0; n < log.count; n++) counts[log.splits[n]!]!++;
  const empty = SPLITS.filter((_, split) => counts[split] === 0);
  if (empty.length === 0) return undefined;
  return {
    code: 'dataset/empty-split',
    message: `no interactions in the ${empty.join(' and ')} split${empty.length > 1 ? 's' : ''}`,
    place,
    expected: 'interactions for training, validation and test',
    found: SPLITS.map((split, n) => `${split} ${counts[n]}`).join(', '),
    remedy: 'split the interactions of each user, for example 8:1:1, and write all three splits',
  };
}
