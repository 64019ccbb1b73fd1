import { basename, resolve } from 'node:path';
import type { RunRecord } from '../report/run-record.js';
import { loadBackbone } from '../runs/load-backbone.js';
import { identityOfPlanned } from '../runs/run-identity.js';
import type { RunEvent } from '../runs/run-variant.js';
import { startEngine } from '../runs/start-engine.js';
import { runInWorker } from '../worker-process.js';
import { chooseJobs, type JobChoice } from './default-jobs.js';
import { type Plan, type PlannedRun, planComparison } from './plan.js';
import { type ComparisonFile, readComparison } from './read-comparison.js';
import { RunStore } from './run-store.js';
import { checkSameIdentity, checkSameRun } from './same-settings.js';
import { type RunOutcome, schedule } from './schedule.js';
import { type Reports, writeReports } from './write-reports.js';

/** Hears what a comparison does. */
export interface ComparisonListener {
  planned(plan: Plan, kept: ReadonlySet<string>, engine: string, choice: JobChoice): void;
  event(run: PlannedRun, event: RunEvent): void;
  started(run: PlannedRun): void;
  finished(run: PlannedRun, record: RunRecord): void;
  failed(run: PlannedRun, error: unknown): void;
  /** It was given up because the comparison is ending. */
  stopped(run: PlannedRun): void;
  /** Something in the run's process wrote a line: a library's or Node.js's warning. */
  printed?(run: PlannedRun, line: string): void;
}

export interface CompareOptions {
  /** A comparison file (YAML). */
  readonly file: string;
  /** A dataset folder to compare on instead of those that the file names. */
  readonly data?: string;
  /** The output folder; finished runs in it are kept. */
  readonly out: string;
  /** Runs at the same time; by default as many as cores and memory allow ({@link chooseJobs}). */
  readonly jobs?: number;
  /** Seconds between two checkpoints of a run in progress, from which it goes on after an interruption. */
  readonly checkpointSeconds: number;
  /** The command to repeat it, for the report. */
  readonly command: string;
  readonly listener: ComparisonListener;
  readonly signal?: AbortSignal;
}

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
  const plan = await planComparison(file, engine.name);
  const store = new RunStore(options.out);
  const kept = await keptRuns(plan, store);
  options.signal?.throwIfAborted();
  await store.prepare();
  const choice = chooseJobs(options.jobs, plan, kept);
  options.listener.planned(plan, kept, engine.name, choice);

  const outcomes = await schedule(
    plan.runs,
    choice.jobs,
    async (run) => {
      if (kept.has(run.id)) return;
      options.listener.started(run);
      try {
        await runInWorker(
          { settings: run.settings, out: options.out, checkpointSeconds: options.checkpointSeconds },
          {
            onEvent: (event) => options.listener.event(run, event),
            onPrint: (line) => options.listener.printed?.(run, line),
            ...(options.signal ? { signal: options.signal } : {}),
          },
        );
        options.listener.finished(run, (await store.find(run.id))!);
      } catch (error) {
        if (options.signal?.aborted) options.listener.stopped(run);
        else options.listener.failed(run, error);
        throw error;
      }
    },
    options.signal,
  );
  const records = await store.finished(plan.runs);
  const title = file.comparison.title ?? `Comparison on ${[...plan.datasets.keys()].join(', ')}`;
  const reports =
    records.length > 0 ? await writeReports(options.out, { title, records, command: options.command }) : undefined;
  return { outcomes, reports };
}

/** The same comparison on another dataset. */
function onOtherData(file: ComparisonFile, data: string): ComparisonFile {
  const { title: _, ...comparison } = file.comparison;
  return { ...file, comparison: { ...comparison, datasets: [{ name: basename(resolve(data)), path: data }] } };
}

/** The planned runs that are finished in the output folder; each, and each that is begun, is checked to have the same settings. */
async function keptRuns(plan: Plan, store: RunStore): Promise<Set<string>> {
  const kept = new Set<string>();
  for (const { id, settings } of plan.runs) {
    const record = await store.find(id);
    const begun = record ? undefined : await store.identityOfBegun(id);
    const definition = await loadBackbone(settings.backbone.name, settings.backbone.package);
    const dataHash = plan.datasets.get(settings.dataset.name)!.hash;
    const config = definition.parseConfig(settings.backbone.config);
    const wanted = identityOfPlanned({ settings, dataHash, config });
    if (record) {
      checkSameRun(record, wanted, settings.measured, store.folder);
      kept.add(id);
    } else if (begun) {
      checkSameIdentity(id, begun, wanted, store.folder);
    }
  }
  return kept;
}
