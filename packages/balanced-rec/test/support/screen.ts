/**
 * What a terminal shows after receiving some text: lines, cursor up, erase to the end, cursor visibility. Wraps lines that are too wide,
 * and wraps again when resized.
 */
export class Screen {
  raw = '';
  isCursorVisible = true;
  columns: number;
  #lines: string[] = [''];
  #line = 0;
  #column = 0;

  constructor(columns = Number.POSITIVE_INFINITY) {
    this.columns = columns;
  }

  write(text: string): void {
    this.raw += text;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: terminals are controlled by control characters
    for (const [part, up] of text.matchAll(/\x1b\[(\d+)A|\x1b\[J|\x1b[^A-Za-z]*[A-Za-z]|\n|\r|[^\x1b\n\r]+/g)) {
      if (up !== undefined) this.#up(Number(up));
      else if (part === '\x1b[J') this.#eraseToEnd();
      else if (part === '\x1b[?25l' || part === '\x1b[?25h') this.isCursorVisible = part.endsWith('h');
      else if (part === '\r') this.#column = 0;
      else if (part === '\n') this.#newLine();
      else if (!part.startsWith('\x1b')) this.#type(part);
    }
  }

  /** The non-empty lines. */
  get lines(): string[] {
    return this.#lines.filter((line) => line !== '');
  }

  #type(text: string): void {
    const line = this.#lines[this.#line]!;
    this.#lines[this.#line] = line.slice(0, this.#column) + text + line.slice(this.#column + text.length);
    this.#column += text.length;
  }

  #newLine(): void {
    this.#lines[++this.#line] ??= '';
    this.#column = 0;
  }

  #eraseToEnd(): void {
    this.#lines.splice(this.#line + 1);
    this.#lines[this.#line] = this.#lines[this.#line]!.slice(0, this.#column);
  }

  /** Moves up by rows; a wrapped line has several. */
  #up(count: number): void {
    const rows = this.#lines
      .slice(0, this.#line)
      .flatMap(({ length }, line) =>
        Array.from({ length: Math.max(1, Math.ceil(length / this.columns)) }, (_, row) => [line, row] as const),
      );
    const target = rows.at(-count);
    if (!target) throw new Error('the cursor left the screen');
    [this.#line, this.#column] = [target[0], target[1] === 0 ? 0 : target[1] * this.columns];
  }
}
