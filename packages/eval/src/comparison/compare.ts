import { basename, resolve } from 'node:path';
import type { BalancedRecError } from '@balanced-rec/errors';
import type { Damage } from '@balanced-rec/files';
import { startEngine } from '@balanced-rec/models';
import { type Reports, writeReports } from '@balanced-rec/report';
import type { EngineName } from '@balanced-rec/tfjs-kernels';
import { type ComparisonFile, readComparison } from '../comparison-file/read-comparison.js';
import type { Plan } from '../plan/plan.js';
import { type SearchOutcome, search } from '../search/search.js';
import { RunStore } from '../store/run-store.js';
import { keptRuns } from './kept-runs.js';
import { listRuns } from './list-runs.js';
import type { ComparisonListener } from './listener.js';
import { localRuns } from './local-runs.js';
import { planComparison } from './plan-comparison.js';
import type { OpenPlace } from './run-place.js';
import type { RunOutcome } from './schedule.js';

/** What {@link compare} runs, and where it writes. */
export interface CompareOptions {
  /** A comparison file (YAML). */
  readonly file: string;
  /** A dataset folder to compare on instead of those in the file. */
  readonly data?: string | undefined;
  /** The third-party packages whose code may run, spelled as in the file; none by default. */
  readonly packages?: readonly string[] | undefined;
  /** The output folder; finished runs in it are kept. */
  readonly out: string;
  /** Number of runs at a time; by default as many as there are cores. Free memory limits it in any case. */
  readonly jobs?: number | undefined;
  /** Seconds between checkpoints of a run in progress, from which it resumes after an interruption. */
  readonly checkpointSeconds: number;
  /**
   * Whether models keep their users' interactions, so that they can exclude seen items from lists without the dataset; true by default.
   * Interactions are user data. Without them, a model needs its dataset to exclude anything.
   */
  readonly saveInteractions?: boolean | undefined;
  /** Resume the runs in the output folder, the default; if false, a folder that holds runs is refused. */
  readonly resume?: boolean | undefined;
  /** The command that repeats the comparison, for the report. */
  readonly command: string;
  readonly listener: ComparisonListener;
  readonly signal?: AbortSignal | undefined;
  /**
   * Where runs are executed; in processes on this machine by default. Used by the command line for its queue.
   * @hidden
   */
  readonly openPlace?: OpenPlace | undefined;
}

/** How each run ended, by its id, and the reports. */
export interface ComparisonResult {
  readonly outcomes: ReadonlyMap<string, RunOutcome>;
  /** Reports on the finished runs; undefined if there are none. */
  readonly reports: Reports | undefined;
}

/**
 * Executes every unfinished run of a comparison, and writes the reports from all records.
 * Everything is checked before the first run starts; nothing is written if a check fails.
 */
export async function compare(options: CompareOptions): Promise<ComparisonResult> {
  const asWritten = await readComparison(options.file);
  const file = options.data ? onOtherData(asWritten, options.data) : asWritten;
  const engine = await startEngine(file.comparison.engine, file.place(['engine']));
  const planned = await planComparison(file, engine.name, options.packages);
  options.signal?.throwIfAborted();
  const store = new RunStore(options.out);
  return store.hold(() => compareIn(store, file, planned, engine.name, options));
}

/** The part of {@link compare} that holds the output folder. */
async function compareIn(
  store: RunStore,
  file: ComparisonFile,
  planned: Plan,
  engine: EngineName,
  options: CompareOptions,
): Promise<ComparisonResult> {
  if (options.resume === false) await store.expectEmpty();
  const {
    listener,
    signal,
    checkpointSeconds,
    jobs,
    saveInteractions = true,
    openPlace = { open: localRuns },
  } = options;
  const onDamage = (damage: Damage) => listener.damaged?.(damage);
  // A search has not chosen the settings yet.
  const known = file.comparison.search ? undefined : await keptRuns(planned, store, onDamage);
  const place = await openPlace.open({
    ...{ file, planned, engine, store, listener, signal },
    ...{ checkpointSeconds, saveInteractions, jobs },
  });
  let isOver = false;
  try {
    const perform = async (plan: Plan, refusalOf?: SearchOutcome['refusalOf']) => {
      const start = await place.begin(plan, known ?? (await keptRuns(plan, store, onDamage)));
      listener.planned(plan, start.kept, engine, start.choice);
      return place.perform(plan, start, refusals(plan, start.kept, refusalOf));
    };
    const found = file.comparison.search
      ? await search(file, planned, store, async (runs, phase) => {
          await perform({ ...planned, runs, phase });
        })
      : undefined;
    if (found) await store.saveSearch(found.record);
    const plan = found ? { ...planned, runs: listRuns(file, planned, engine, found.choices) } : planned;
    const outcomes = await perform(plan, found?.refusalOf);
    const records = await store.finished(plan.runs);
    const title = file.comparison.title ?? `Comparison on ${[...plan.datasets.keys()].join(', ')}`;
    const report = { title, records, command: options.command, search: found?.record };
    const reports = records.length > 0 ? await writeReports(options.out, report) : undefined;
    isOver = true;
    return { outcomes, reports };
  } finally {
    await place.close(isOver);
  }
}

/** The runs that cannot start because the search for their options failed. */
function refusals(
  { runs }: Plan,
  kept: ReadonlySet<string>,
  refusalOf: SearchOutcome['refusalOf'] = () => undefined,
): Map<string, BalancedRecError> {
  const refused = new Map<string, BalancedRecError>();
  for (const { id, settings } of runs) {
    const refusal = kept.has(id) ? undefined : refusalOf(settings);
    if (refusal) refused.set(id, refusal);
  }
  return refused;
}

/** The same comparison on another dataset. */
function onOtherData(file: ComparisonFile, data: string): ComparisonFile {
  const { title: _, ...comparison } = file.comparison;
  return { ...file, comparison: { ...comparison, datasets: [{ name: basename(resolve(data)), path: data }] } };
}
