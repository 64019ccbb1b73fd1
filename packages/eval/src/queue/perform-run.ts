import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TeacherCache } from '@balanced-rec/ckd-core/node';
import { BalancedRecError } from '@balanced-rec/errors';
import { describeDamage, makeFolderWithin, writeFileAtomically } from '@balanced-rec/files';
import { loadBackbone } from '@balanced-rec/models';
import type * as queuePart from '@balanced-rec/queue';
import type { BlobStore, TaskHand } from '@balanced-rec/queue';
import { teacherIdentity } from '../runs/obtain-teachers.js';
import { RunStore } from '../store/run-store.js';
import { loadVariant } from '../variants/load-variant.js';
import { runInWorker } from '../worker/worker-process.js';
import { checkAllowed, foreignPackages } from './allowed-packages.js';
import { fetchResult, hasResult, putResult } from './result-files.js';
import { type RunTask, readRunTask, taskKey, withPath } from './run-task.js';
import { StateUpload, stateName } from './state-upload.js';
import { patiently } from './waiting.js';

/** What a worker needs to execute the runs of one comparison. */
export interface RunMeans {
  readonly part: typeof queuePart;
  readonly store: BlobStore;
  /** The worker's own folder for this comparison, whose lock it holds. */
  readonly scratch: string;
  /** Folders of datasets, by content hash. */
  readonly data: ReadonlyMap<string, string>;
  readonly packages: readonly string[];
  /** Whether the comparison goes on. */
  readonly isOpen: () => Promise<boolean>;
  readonly say: (line: string) => void;
}

/** Executes the runs that the queue hands out, each in its own process, as on one machine. */
export class RunPerformer {
  readonly #means: RunMeans;
  /** If Redis lost a run and handed it out again, it waits for its first process, which may still be working. */
  readonly #inHand = new Map<string, Promise<unknown>>();

  constructor(means: RunMeans) {
    this.#means = means;
  }

  /**
   * Executes a run from its last saved state, unless the store has its result.
   * @throws TaskFailure for an error in the run itself
   */
  async perform(payload: unknown, hand: TaskHand): Promise<void> {
    const task = this.#check(payload);
    const key = taskKey(task);
    while (this.#inHand.has(key)) await this.#inHand.get(key);
    const work = this.#perform(task, key, hand);
    this.#inHand.set(
      key,
      work.catch(() => {}).finally(() => this.#inHand.delete(key)),
    );
    await work;
  }

  #check(payload: unknown): RunTask {
    try {
      const task = readRunTask(payload);
      checkAllowed(foreignPackages(withPath(task, '')), this.#means.packages, task.id);
      if (this.#means.data.has(task.settings.dataset.hash)) return task;
      throw foreignData(task);
    } catch (error) {
      throw this.#own(error);
    }
  }

  async #perform(task: RunTask, key: string, { signal, report }: TaskHand): Promise<void> {
    const { part, store, scratch, data, say } = this.#means;
    const patience = { signal, say };
    if (await patiently(() => hasResult(store, key), patience)) return;
    const folder = new RunStore(scratch);
    const path = data.get(task.settings.dataset.hash)!;
    const settings = withPath(task, path);
    await patiently(() => this.#prepare(task, key, folder), patience);
    say(`start ${task.id}`);
    const state = new StateUpload(folder.progressFile(task.id), (bytes) =>
      part.putChecked(store, stateName(key), bytes),
    );
    try {
      await runInWorker(
        {
          settings,
          out: scratch,
          checkpointSeconds: task.checkpointSeconds,
          saveInteractions: task.saveInteractions ?? true,
          trial: task.trial && { id: task.id, values: task.trial.values },
        },
        { signal, onEvent: report, onDamage: (damage) => say(describeDamage(damage)), onPrint: say },
      );
    } catch (error) {
      say(`${signal.aborted ? 'stopped' : 'FAILED'} ${task.id}`);
      const { reason } = signal;
      const isOthers = reason instanceof part.Abandoned && reason.why === 'taken over';
      await (isOthers ? state.stop() : state.finish());
      if (signal.aborted) await this.#tidy(key);
      signal.throwIfAborted();
      throw this.#own(error);
    }
    await state.stop();
    const files = await this.#filesOf(task, folder);
    await patiently(() => putResult(store, key, scratch, files), patience);
    await patiently(() => store.remove(stateName(key)), patience);
    await folder.forget(task.id);
    say(`done  ${task.id}`);
  }

  /** Removes the state of an abandoned run that nobody will resume. It may have arrived after others removed it. */
  async #tidy(key: string): Promise<void> {
    const { store, isOpen } = this.#means;
    try {
      if (!(await isOpen()) || (await hasResult(store, key))) await store.remove(stateName(key));
    } catch {
      // The store is unusable, and the run is not ours to wait for it.
    }
  }

  /** Fetches what the run needs: its teachers, and its last state, whichever worker saved it. */
  async #prepare(task: RunTask, key: string, folder: RunStore): Promise<void> {
    const { part, store, say } = this.#means;
    await folder.forget(task.id);
    // A teacher that is no longer there is trained again within the run.
    const isTeacher = (name: string) => dirname(name) === folder.nameOf(folder.teachers);
    for (const teacher of task.teachers) await fetchResult(store, teacher, folder.folder, isTeacher);
    const state = await part.getChecked(store, stateName(key));
    if (!state) return;
    makeFolderWithin(dirname(folder.progressFile(task.id)));
    await writeFileAtomically(folder.progressFile(task.id), state);
    say(`${task.id} resumes from a checkpoint`);
  }

  /** The files of a finished run, including its record. */
  async #filesOf(task: RunTask, folder: RunStore): Promise<string[]> {
    const { data } = this.#means;
    if (task.trial) return [folder.nameOf(folder.trialFile(task.id))];
    const settings = withPath(task, data.get(task.settings.dataset.hash)!);
    const { modality } = await loadVariant(
      { name: settings.variant, package: settings.variantPackage },
      settings.dataset.modalities,
    );
    // An untrained model has no folder.
    const model = folder.modelFolder(task.id);
    const modelFiles = await readdir(model).catch(() => []);
    const definition = await loadBackbone(settings.backbone.name, settings.backbone.package);
    const dataset = task.settings.dataset;
    const teacher =
      modality === undefined || settings.variantPackage !== undefined
        ? []
        : [join(folder.teachers, TeacherCache.fileName(teacherIdentity({ settings, dataset, definition }, modality)))];
    const files = [...modelFiles.map((name) => join(model, name)), ...teacher, folder.recordFile(task.id)];
    return files.map((file) => folder.nameOf(file));
  }

  /** Marks errors that would recur anywhere. A killed process may succeed elsewhere, so it is not among them. */
  #own(error: unknown): unknown {
    if (!(error instanceof BalancedRecError) || error.code === 'run/crashed' || error.code === 'run/unexpected')
      return error;
    return new this.#means.part.TaskFailure(error.details);
  }
}

function foreignData({ id, settings: { dataset } }: RunTask): BalancedRecError {
  return new BalancedRecError({
    code: 'queue/bad-task',
    message: 'the queue contains a task of another comparison',
    place: id,
    expected: 'a dataset of the comparison that this worker serves',
    found: `${dataset.name} ${dataset.hash.slice(0, 12)}…`,
    remedy: 'check what else writes to this Redis',
  });
}
