import { basename, resolve } from 'node:path';
import { type Damage, type FileLock, isStorageError } from '@balanced-rec/files';
import type { EngineName } from '@balanced-rec/tfjs-kernels';
import { expectMemory, largestNeed } from '../memory/largest-need.js';
import type { RunRecord } from '../report/run-record.js';
import type { RunEvent } from '../runs/run-variant.js';
import { startEngine } from '../runs/start-engine.js';
import { type SearchOutcome, search } from '../search/search.js';
import type { TrialRecord } from '../search/trial.js';
import { runInWorker } from '../worker-process.js';
import { chooseJobs, type JobChoice, thisMachine } from './default-jobs.js';
import { keptRuns } from './kept-runs.js';
import { listRuns } from './list-runs.js';
import { type Plan, type PlannedRun, planComparison } from './plan.js';
import { type ComparisonFile, readComparison } from './read-comparison.js';
import { RunStore } from './run-store.js';
import { type RunOutcome, schedule } from './schedule.js';
import { type Reports, writeReports } from './write-reports.js';

/** Hears what a comparison does. */
export interface ComparisonListener {
  /** The runs are known, before the first starts; `kept` has the ids of those that are finished already. */
  planned(plan: Plan, kept: ReadonlySet<string>, engine: string, choice: JobChoice): void;
  /** A run said where it is: an epoch, mostly. */
  event(run: PlannedRun, event: RunEvent): void;
  /** A run's process was started. */
  started(run: PlannedRun): void;
  /** A run's record was written. */
  finished(run: PlannedRun, record: RunRecord): void;
  /** A trial of a search came to its end. */
  tried(run: PlannedRun, record: TrialRecord): void;
  /** A run ended with an error; the others go on. */
  failed(run: PlannedRun, error: unknown): void;
  /** It was given up because the comparison is ending. */
  stopped(run: PlannedRun): void;
  /** Something kept is not what was written; it was set aside, and is made again. */
  damaged?(damage: Damage): void;
  /** Something in the run's process wrote a line: a library's or Node.js's warning. */
  printed?(run: PlannedRun, line: string): void;
}

/** What {@link compare} runs, and where it writes. */
export interface CompareOptions {
  /** A comparison file (YAML). */
  readonly file: string;
  /** A dataset folder to compare on instead of those that the file names. */
  readonly data?: string;
  /** The packages of others, as the file names them, whose code may run; none by default. */
  readonly packages?: readonly string[];
  /** The output folder; finished runs in it are kept. */
  readonly out: string;
  /** Runs at the same time; by default as many as cores and memory allow ({@link chooseJobs}), which also bounds it. */
  readonly jobs?: number;
  /** Seconds between two checkpoints of a run in progress, from which it goes on after an interruption. */
  readonly checkpointSeconds: number;
  /** Go on with what the output folder holds, which is the default; otherwise a folder that holds runs is refused. */
  readonly resume?: boolean;
  /** The command to repeat it, for the report. */
  readonly command: string;
  readonly listener: ComparisonListener;
  readonly signal?: AbortSignal;
}

/** How each run ended, by its id, and the reports. */
export interface ComparisonResult {
  readonly outcomes: ReadonlyMap<string, RunOutcome>;
  /** Of the runs that are finished; undefined where none is. */
  readonly reports: Reports | undefined;
}

/**
 * Does every run of a comparison that is not finished yet, and writes the reports from all records.
 * Everything is checked before the first run starts; nothing is written if a check fails.
 */
export async function compare(options: CompareOptions): Promise<ComparisonResult> {
  const asWritten = await readComparison(options.file);
  const file = options.data ? onOtherData(asWritten, options.data) : asWritten;
  const engine = await startEngine(file.comparison.engine, file.place(['engine']));
  const planned = await planComparison(file, engine.name, options.packages);
  options.signal?.throwIfAborted();
  const store = new RunStore(options.out);
  return store.hold((lock) => compareIn(store, lock, file, planned, engine.name, options));
}

/** The part of {@link compare} that holds the output folder. */
async function compareIn(
  store: RunStore,
  lock: FileLock,
  file: ComparisonFile,
  planned: Plan,
  engine: EngineName,
  options: CompareOptions,
): Promise<ComparisonResult> {
  if (options.resume === false) await store.expectEmpty();
  const onDamage = (damage: Damage) => options.listener.damaged?.(damage);
  // What a search chooses is not known yet.
  const known = file.comparison.search ? undefined : await keptRuns(planned, store, onDamage);
  const storage = new AbortController();
  const signal = AbortSignal.any([storage.signal, ...(options.signal ? [options.signal] : [])]);

  const perform = async (plan: Plan, refusalOf?: SearchOutcome['refusalOf']) => {
    const kept = known ?? (await keptRuns(plan, store, onDamage));
    const choice = await jobsFor(plan, kept, options.jobs, signal);
    options.listener.planned(plan, kept, engine, choice);
    const performOne = async (run: PlannedRun) => {
      const refusal = kept.has(run.id) ? undefined : refusalOf?.(run.settings);
      if (refusal) {
        options.listener.failed(run, refusal);
        throw refusal;
      }
      await performRun(run, kept, { store, lock, storage }, { ...options, signal });
    };
    return schedule(plan.runs, choice.jobs, performOne, signal);
  };
  const found = file.comparison.search
    ? await search(file, planned, store, async (runs, phase) => {
        await perform({ ...planned, runs, phase });
      })
    : undefined;
  if (found) await store.saveSearch(found.record);
  const plan = found
    ? { ...planned, runs: listRuns(file, planned.datasets, planned.cells, engine, found.choices) }
    : planned;
  const outcomes = await perform(plan, found?.refusalOf);
  const records = await store.finished(plan.runs);
  const title = file.comparison.title ?? `Comparison on ${[...plan.datasets.keys()].join(', ')}`;
  const report = { title, records, command: options.command, search: found?.record };
  return { outcomes, reports: records.length > 0 ? await writeReports(options.out, report) : undefined };
}

/** How many of the runs to do go at a time. @throws BalancedRecError `run/too-little-memory` */
async function jobsFor(
  { runs, datasets }: Plan,
  kept: ReadonlySet<string>,
  asked: number | undefined,
  signal: AbortSignal,
): Promise<JobChoice> {
  const toDo = runs.filter(({ id }) => !kept.has(id));
  const need = await largestNeed(toDo, datasets, signal);
  const machine = thisMachine();
  if (need) expectMemory(need, machine.freeBytes);
  const usesGpu = toDo.some(({ settings }) => settings.engine === 'gpu');
  return chooseJobs(asked, { bytesPerRun: need?.bytes ?? 0, usesGpu }, machine);
}

/** Where runs are kept, and what ends them all when nothing can be kept there any more. */
interface Storage {
  readonly store: RunStore;
  readonly lock: FileLock;
  readonly storage: AbortController;
}

/** Does a run or a trial in a process of its own, unless it is finished. */
async function performRun(
  run: PlannedRun,
  kept: ReadonlySet<string>,
  { store, lock, storage }: Storage,
  { listener, signal, checkpointSeconds }: CompareOptions,
): Promise<void> {
  if (kept.has(run.id)) return;
  const { id, settings, trial } = run;
  listener.started(run);
  try {
    await runInWorker(
      { settings, out: store.folder, checkpointSeconds, ...(trial ? { trial: { id, values: trial.values } } : {}) },
      {
        onEvent: (event) => {
          listener.event(run, event);
          void expectInPlace(lock, store, storage);
        },
        onDamage: (damage) => listener.damaged?.(damage),
        onPrint: (line) => listener.printed?.(run, line),
        ...(signal ? { signal } : {}),
      },
    );
    if (trial) listener.tried(run, (await store.findTrial(id)) ?? raise(store.gone()));
    else listener.finished(run, (await store.find(id)) ?? raise(store.gone()));
  } catch (error) {
    if (isStorageError(error)) storage.abort(error);
    if (signal?.aborted) listener.stopped(run);
    else listener.failed(run, error);
    throw error;
  }
}

/** Without this, runs would go on into a folder that nobody finds: another in its place, or one under a disk that was taken away. */
async function expectInPlace(lock: FileLock, store: RunStore, storage: AbortController): Promise<void> {
  if (!(await lock.isInPlace())) storage.abort(store.gone());
}

function raise(error: Error): never {
  throw error;
}

/** The same comparison on another dataset. */
function onOtherData(file: ComparisonFile, data: string): ComparisonFile {
  const { title: _, ...comparison } = file.comparison;
  return { ...file, comparison: { ...comparison, datasets: [{ name: basename(resolve(data)), path: data }] } };
}
