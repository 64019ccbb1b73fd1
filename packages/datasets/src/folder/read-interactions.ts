import { join } from 'node:path';
import { InteractionLog } from '../interactions/interaction-log.js';
import { parseInter } from '../interactions/parse-inter.js';
import { parseLatticeSplit } from '../interactions/parse-lattice-split.js';
import type { ProblemLog } from '../problem-log.js';
import type { InteractionFiles } from './find-layout.js';
import { readBytes } from './read-bytes.js';

/** The interactions of a folder, and where each was read from. */
export interface InteractionsRead {
  readonly log: InteractionLog;
  /** The file and line of an interaction, by its position in the log. */
  readonly placeAt: (position: number) => string;
  /** The file or folder as a whole. */
  readonly place: string;
}

/** In the order of `SPLITS`. */
const LATTICE_FILES = ['train.json', 'val.json', 'test.json'];

/** Reads all splits. Reports what can be read past; throws what cannot: see `parseInter` and `parseLatticeSplit`. */
export async function readInteractions(files: InteractionFiles, problems: ProblemLog): Promise<InteractionsRead> {
  return files.layout === 'mmrec' ? readTable(files.table, problems) : readLattice(files.folder, problems);
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
