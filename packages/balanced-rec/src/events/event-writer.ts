import { BalancedRecError } from '@balanced-rec/errors';
import { plainErrorDetails } from '@balanced-rec/errors/schema';
import type { JobChoice, Plan, PlannedRun, RunEvent, TrialRecord } from '@balanced-rec/eval';
import type { Damage } from '@balanced-rec/files';
import type { Reports, RunRecord } from '@balanced-rec/report';
import type { ComparisonView } from '../comparison/show-comparison.js';
import type { ComparisonEvent, EventError } from './comparison-event.js';

type Untimed<Event> = Event extends ComparisonEvent ? Omit<Event, 'time'> : never;

/** Reports a comparison to programs: one {@link ComparisonEvent} per line, without undefined fields. */
export class EventWriter implements ComparisonView {
  readonly #output: NodeJS.WritableStream;

  constructor(output: NodeJS.WritableStream = process.stdout) {
    this.#output = output;
  }

  planned(
    { runs, datasets, phase }: Plan,
    kept: ReadonlySet<string>,
    engine: string,
    { jobs: count, ...why }: JobChoice,
  ): void {
    this.#write({
      ...{ type: 'planned', phase, engine },
      jobs: { count, ...why },
      datasets: [...datasets.values()].map(({ name, userCount: users, itemCount: items, modalities, hash }) => ({
        ...{ name, users, items, modalities: [...modalities], hash },
      })),
      runs: runs.map(({ id, settings: { dataset, backbone, variant, seed }, after, trial }) => ({
        ...{ id, dataset: dataset.name, backbone: backbone.name, variant, seed },
        ...{ after: [...after], kept: kept.has(id), trial: trial?.values },
      })),
    });
  }

  started({ id }: PlannedRun): void {
    this.#write({ type: 'started', id });
  }

  event({ id }: PlannedRun, { validation, bestEpoch, bestScore, ...event }: RunEvent): void {
    const { variant, epoch, maxEpochs, losses, measures } = event;
    // Before the first evaluation there is no best epoch, and its score is not a number that JSON can hold.
    const best = bestEpoch > 0 ? { bestEpoch, bestScore } : undefined;
    this.#write({
      ...{ type: 'epoch', id, variant, epoch, maxEpochs, losses, measures },
      ...{ validation: validation?.metrics, views: validation?.views, ...best },
    });
  }

  finished({ id }: PlannedRun, { result: { test, bestEpoch, epochs }, times }: RunRecord): void {
    this.#write({ type: 'finished', id, test, bestEpoch, epochs, seconds: times.wallSeconds });
  }

  tried({ id }: PlannedRun, { score, bestEpoch, epochs, seconds }: TrialRecord): void {
    this.#write({ type: 'tried', id, score, bestEpoch, epochs, seconds });
  }

  failed({ id }: PlannedRun, error: unknown): void {
    this.#write({ type: 'failed', id, error: detailsOf(error) });
  }

  stopped({ id }: PlannedRun): void {
    this.#write({ type: 'stopped', id });
  }

  damaged({ file, found, movedTo }: Damage): void {
    this.#write({ type: 'damaged', file, found, movedTo });
  }

  /** Standard output is reserved for events. */
  printed(_: PlannedRun, line: string): void {
    process.stderr.write(`${line}\n`);
  }

  noted(line: string): void {
    process.stderr.write(`${line}\n`);
  }

  blocked(id: string, by: string): void {
    this.#write({ type: 'blocked', id, by });
  }

  reports({ html, markdown, csv, json }: Reports): void {
    this.#write({ type: 'reports', html, markdown, csv, json });
  }

  error(error: unknown): void {
    this.#write({ type: 'error', error: detailsOf(error) });
  }

  #write(event: Untimed<ComparisonEvent>): void {
    const { type, ...rest } = event;
    this.#output.write(`${JSON.stringify({ type, time: new Date().toISOString(), ...rest })}\n`);
  }
}

function detailsOf(error: unknown): EventError {
  if (error instanceof BalancedRecError) return plainErrorDetails(error.details);
  return { code: 'run/unexpected', message: String(error) };
}
