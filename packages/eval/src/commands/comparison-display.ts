import { BalancedRecError } from '@balanced-rec/errors';
import type { ComparisonListener } from '../comparison/compare.js';
import type { Plan, PlannedRun } from '../comparison/plan.js';
import type { RunRecord } from '../report/run-record.js';
import type { RunEvent } from '../runs/run-variant.js';
import { SELECTION_METRIC } from '../runs/validate.js';
import { describeFinding } from './describe-finding.js';
import { formatSeconds } from './format-time.js';
import { RunProgress } from './run-progress.js';

const PLAIN_LINE_EVERY_MS = 10_000;

/** Shows a comparison: lines in place on a terminal, a line now and then elsewhere. */
export class ComparisonDisplay implements ComparisonListener {
  readonly #output: NodeJS.WriteStream;
  readonly #active = new Map<string, RunProgress>();
  readonly #lastPlainLine = new Map<string, number>();
  #drawnLines = 0;
  #total = 0;
  #ended = 0;

  constructor(output: NodeJS.WriteStream = process.stderr) {
    this.#output = output;
  }

  planned({ runs, datasets, variants }: Plan, kept: ReadonlySet<string>, engine: string): void {
    this.#total = runs.length;
    this.#ended = kept.size;
    for (const { name, userCount, itemCount, modalities, findings } of datasets.values()) {
      this.#say(`dataset ${name}: ${userCount} users, ${itemCount} items, modalities ${modalities.join(' + ')}`);
      for (const finding of findings) this.#say(`  ${describeFinding(finding)}`);
    }
    const teachers = runs.filter(({ settings }) => !variants.includes(settings.variant)).length;
    this.#say(
      `${runs.length} runs on engine ${engine}${teachers ? `, ${teachers} of them teachers` : ''}${kept.size ? `; ${kept.size} finished already and kept` : ''}`,
    );
  }

  started(run: PlannedRun): void {
    this.#active.set(run.id, new RunProgress(label(run), run.settings.protocol));
    if (!this.#output.isTTY) this.#say(`start ${label(run)}`);
    this.#draw();
  }

  event(run: PlannedRun, event: RunEvent): void {
    const progress = this.#active.get(run.id);
    if (!progress) return;
    progress.observe(event);
    if (this.#output.isTTY) this.#draw();
    else this.#plainLine(run.id, progress);
  }

  finished(run: PlannedRun, { result, times }: RunRecord): void {
    this.#active.delete(run.id);
    this.#ended++;
    const score = result.test[SELECTION_METRIC]!.toFixed(4);
    this.#say(
      `done  ${label(run)}  test Recall@20 ${score}  best epoch ${result.bestEpoch} of ${result.epochs}  ${formatSeconds(times.wallSeconds)}  [${this.#ended}/${this.#total}]`,
    );
  }

  failed(run: PlannedRun, error: unknown): void {
    this.#active.delete(run.id);
    this.#ended++;
    this.#say(`FAILED ${label(run)}: ${error instanceof BalancedRecError ? error.message : String(error)}`);
  }

  stopped(run: PlannedRun): void {
    this.#active.delete(run.id);
    this.#say(`stopped ${label(run)}`);
  }

  #plainLine(id: string, progress: RunProgress): void {
    const now = performance.now();
    if (now - (this.#lastPlainLine.get(id) ?? now) < PLAIN_LINE_EVERY_MS) {
      if (!this.#lastPlainLine.has(id)) this.#lastPlainLine.set(id, now);
      return;
    }
    this.#lastPlainLine.set(id, now);
    this.#say(`      ${progress.line()}`);
  }

  #say(line: string): void {
    this.#erase();
    this.#output.write(`${line}\n`);
    this.#draw();
  }

  #draw(): void {
    if (!this.#output.isTTY) return;
    this.#erase();
    const width = this.#output.columns ?? 80;
    const lines = [...this.#active.values()].map((progress) => progress.line().slice(0, width - 1));
    for (const line of lines) this.#output.write(`${line}\n`);
    this.#drawnLines = lines.length;
  }

  #erase(): void {
    // From the first column, wherever a keypress echoed by the terminal (^C) has left the cursor.
    if (this.#drawnLines > 0) this.#output.write(`\r\x1b[${this.#drawnLines}A\x1b[J`);
    this.#drawnLines = 0;
  }
}

function label({ settings }: PlannedRun): string {
  return `${settings.dataset.name}/${settings.backbone.name}/${settings.variant} seed ${settings.seed}`;
}
