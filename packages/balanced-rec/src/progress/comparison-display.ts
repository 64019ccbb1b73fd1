import { BalancedRecError } from '@balanced-rec/errors';
import {
  type JobChoice,
  type Plan,
  type PlannedRun,
  type RunEvent,
  SELECTION_METRIC,
  type TrialRecord,
} from '@balanced-rec/eval';
import { type Damage, describeDamage } from '@balanced-rec/files';
import type { Reports, RunRecord } from '@balanced-rec/report';
import type { ComparisonView } from '../comparison/show-comparison.js';
import { formatSeconds } from '../text/numbers.js';
import { type TextStyle, textStyle } from '../text/terminal-text.js';
import { ComparisonProgress } from './comparison-progress.js';
import { describeDatasets, describePlan } from './describe-comparison.js';
import { LiveLines } from './live-lines.js';
import { liveTable } from './live-table.js';
import { PlainLines } from './plain-lines.js';
import { runLabel } from './run-progress.js';

interface Surroundings {
  /** Where progress goes. */
  readonly output?: NodeJS.WriteStream | undefined;
  /** Where results go. */
  readonly results?: NodeJS.WritableStream | undefined;
  readonly environment?: NodeJS.ProcessEnv | undefined;
}

/** Shows a comparison to people: a table updated in place on a terminal, occasional lines elsewhere. */
export class ComparisonDisplay implements ComparisonView {
  readonly #output: NodeJS.WriteStream;
  readonly #results: NodeJS.WritableStream;
  readonly #style: TextStyle;
  readonly #live: LiveLines | undefined;
  readonly #plain = new PlainLines((line) => this.#say(line));
  #progress = new ComparisonProgress([], new Set(), 1);
  /** Remembered because a search plans more than once. */
  #toldDatasets = false;

  constructor({ output = process.stderr, results = process.stdout, environment = process.env }: Surroundings = {}) {
    this.#output = output;
    this.#results = results;
    this.#style = textStyle(output, environment);
    if (output.isTTY && environment.TERM !== 'dumb')
      this.#live = new LiveLines(output, (columns, rows) => liveTable(this.#progress, columns, rows, this.#style));
  }

  planned(plan: Plan, kept: ReadonlySet<string>, engine: string, choice: JobChoice): void {
    this.#progress = new ComparisonProgress(plan.runs, kept, choice.jobs);
    if (!this.#toldDatasets) for (const line of describeDatasets(plan.datasets)) this.#say(line);
    this.#toldDatasets = true;
    this.#say(describePlan(plan, kept.size, engine, choice));
    if (kept.size < plan.runs.length) this.#live?.open();
  }

  started(run: PlannedRun): void {
    this.#progress.start(run);
    if (this.#live) this.#live.refresh();
    else this.#say(`start ${runLabel(run)}`);
  }

  event(run: PlannedRun, event: RunEvent): void {
    const progress = this.#progress.observe(run, event);
    if (progress && !this.#live) this.#plain.run(progress);
    this.#refresh();
  }

  finished(run: PlannedRun, { result, times }: RunRecord): void {
    const score = `test Recall@20 ${result.test[SELECTION_METRIC]!.toFixed(4)}`;
    this.#done(run, `${score}  best epoch ${result.bestEpoch} of ${result.epochs}`, times.wallSeconds);
  }

  tried(run: PlannedRun, { score, bestEpoch, epochs, seconds }: TrialRecord): void {
    this.#done(run, `val Recall@20 ${score.toFixed(4)}  best epoch ${bestEpoch} of ${epochs}`, seconds);
  }

  #done(run: PlannedRun, how: string, seconds: number): void {
    this.#progress.finish(run, seconds);
    const { done, failed, total } = this.#progress;
    this.#say(
      `${this.#style.good('done')}  ${runLabel(run)}  ${how}  ${formatSeconds(seconds)}  [${done + failed}/${total}]`,
    );
    this.#refresh();
  }

  failed(run: PlannedRun, error: unknown): void {
    this.#progress.fail(run);
    const message = error instanceof BalancedRecError ? error.message : String(error);
    this.#say(`${this.#style.bad('FAILED')} ${runLabel(run)}: ${message}`);
    this.#refresh();
  }

  stopped(run: PlannedRun): void {
    this.#progress.stop(run);
    this.#say(`stopped ${runLabel(run)}`);
  }

  damaged(damage: Damage): void {
    this.#say(`warning: ${describeDamage(damage)}`);
  }

  printed(_: PlannedRun, line: string): void {
    this.#say(line);
  }

  noted(line: string): void {
    this.#say(line);
  }

  blocked(id: string, by: string): void {
    this.#say(`not run: ${id}, because ${by} failed`);
  }

  reports({ text, html }: Reports): void {
    this.#results.write(`\n${text}\nreport: ${html}\n`);
  }

  ended(): void {
    this.#live?.close();
  }

  #refresh(): void {
    if (this.#live) this.#live.refresh();
    else this.#plain.whole(this.#progress);
  }

  #say(line: string): void {
    if (this.#live) this.#live.print(line);
    else this.#output.write(`${line}\n`);
  }
}
