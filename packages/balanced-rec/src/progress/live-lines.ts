import stringWidth from 'string-width';

const REDRAW_EVERY_MS = 100;
/** Clocks go on where nothing else happens. */
const TICK_MS = 1000;

const HIDE_CURSOR = '\x1b[?25l';
const SHOW_CURSOR = '\x1b[?25h';

/** Lines at the bottom of a terminal that are rewritten in place, below what is printed for good. */
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
    // However the process ends.
    process.once('exit', this.#showCursor);
    this.#output.on('resize', this.#refresh);
    this.#tick = setInterval(this.#refresh, TICK_MS).unref();
  }

  /** Prints a line above the live ones, for good. */
  print(line: string): void {
    this.#draw(`${line}\n`);
  }

  /** Draws the lines anew, at once or very soon. */
  refresh(): void {
    const wait = this.#shownAt + REDRAW_EVERY_MS - performance.now();
    if (wait <= 0) this.#draw();
    else this.#redraw ??= setTimeout(() => this.#draw(), wait).unref();
  }

  /** Takes the lines away, and gives the terminal back as it was. */
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
    // A pseudo-terminal that nobody gave a size has 0 of them.
    return { columns: this.#output.columns || 80, rows: this.#output.rows || 24 };
  }

  #draw(printed = ''): void {
    clearTimeout(this.#redraw);
    this.#redraw = undefined;
    this.#shownAt = performance.now();
    const { columns, rows } = this.#size;
    // The last column stays free, since some terminals wrap once it is written to; the last row is the cursor's.
    const lines = this.#tick ? this.#compose(columns - 1, rows - 1) : [];
    const isSame = columns === this.#columns && lines.join('\n') === this.#shown.join('\n');
    if (isSame && printed === '') return;
    // In one piece, so that no terminal shows it half-done.
    this.#output.write(this.#erasure() + printed + lines.map((line) => `${line}\n`).join(''));
    [this.#shown, this.#columns] = [lines, columns];
  }

  #erasure(): string {
    const { columns } = this.#size;
    // A terminal that has become narrower has wrapped the lines.
    const rows = this.#shown.reduce((sum, line) => sum + Math.max(1, Math.ceil(stringWidth(line) / columns)), 0);
    // From the first column, wherever a keypress echoed by the terminal (^C) has left the cursor.
    return rows > 0 ? `\r\x1b[${rows}A\x1b[J` : '';
  }
}
