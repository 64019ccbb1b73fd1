import stringWidth from 'string-width';

const REDRAW_EVERY_MS = 100;
/** Clocks keep counting while nothing else happens. */
const TICK_MS = 1000;

const HIDE_CURSOR = '\x1b[?25l';
const SHOW_CURSOR = '\x1b[?25h';

/** Lines at the bottom of a terminal that are redrawn in place, below the permanent output. */
export class LiveLines {
  readonly #output: NodeJS.WriteStream;
  readonly #compose: (columns: number, rows: number) => readonly string[];
  readonly #refresh = () => this.refresh();
  readonly #showCursor = () => void this.#output.write(SHOW_CURSOR);
  #shown: readonly string[] = [];
  #shownAt = 0;
  #columns = 0;
  #redraw: NodeJS.Timeout | undefined;
  #tick: NodeJS.Timeout | undefined;

  /** @param compose the lines; each must fit into `columns`, and all of them into `rows` */
  constructor(output: NodeJS.WriteStream, compose: (columns: number, rows: number) => readonly string[]) {
    this.#output = output;
    this.#compose = compose;
  }

  open(): void {
    this.#output.write(HIDE_CURSOR);
    // Restores the cursor however the process ends.
    process.once('exit', this.#showCursor);
    this.#output.on('resize', this.#refresh);
    this.#tick = setInterval(this.#refresh, TICK_MS).unref();
  }

  /** Prints a permanent line above the live ones. */
  print(line: string): void {
    this.#draw(`${line}\n`);
  }

  /** Redraws the lines, at once or very soon. */
  refresh(): void {
    const wait = this.#shownAt + REDRAW_EVERY_MS - performance.now();
    if (wait <= 0) this.#draw();
    else this.#redraw ??= setTimeout(() => this.#draw(), wait).unref();
  }

  /** Removes the lines and restores the terminal. */
  close(): void {
    if (!this.#tick) return;
    clearInterval(this.#tick);
    clearTimeout(this.#redraw);
    this.#tick = undefined;
    this.#output.off('resize', this.#refresh);
    process.off('exit', this.#showCursor);
    this.#output.write(this.#erasure() + SHOW_CURSOR);
    this.#shown = [];
  }

  get #size(): { columns: number; rows: number } {
    // A pseudo-terminal whose size was never set reports 0.
    return { columns: this.#output.columns || 80, rows: this.#output.rows || 24 };
  }

  #draw(printed = ''): void {
    clearTimeout(this.#redraw);
    this.#redraw = undefined;
    this.#shownAt = performance.now();
    const { columns, rows } = this.#size;
    // The last column stays free, since some terminals wrap once it is written to; the last row holds the cursor.
    const lines = this.#tick ? this.#compose(columns - 1, rows - 1) : [];
    const isSame = columns === this.#columns && lines.join('\n') === this.#shown.join('\n');
    if (isSame && printed === '') return;
    // One write, so that no terminal shows a half-drawn state.
    this.#output.write(this.#erasure() + printed + lines.map((line) => `${line}\n`).join(''));
    [this.#shown, this.#columns] = [lines, columns];
  }

  #erasure(): string {
    const { columns } = this.#size;
    // A terminal that has become narrower has wrapped the lines.
    const rows = this.#shown.reduce((sum, line) => sum + Math.max(1, Math.ceil(stringWidth(line) / columns)), 0);
    // From the first column, because an echoed keypress (^C) may have moved the cursor.
    return rows > 0 ? `\r\x1b[${rows}A\x1b[J` : '';
  }
}
