/** What a terminal shows after it was sent some text: lines, cursor up, and erase to the end. */
export class Screen {
  raw = '';
  #lines: string[] = [''];
  #row = 0;

  write(text: string): void {
    this.raw += text;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: terminals are told what to do by control characters
    for (const [part, up] of text.matchAll(/\x1b\[(\d+)A|\x1b\[J|\x1b[^A-Za-z]*[A-Za-z]|\n|\r|[^\x1b\n\r]+/g)) {
      if (up !== undefined) this.#row -= Number(up);
      else if (part === '\x1b[J') this.#lines.splice(this.#row, Number.POSITIVE_INFINITY, '');
      else if (part === '\n') this.#lines[++this.#row] ??= '';
      else if (part !== '\r' && !part.startsWith('\x1b')) this.#lines[this.#row] += part;
      if (this.#row < 0) throw new Error('the cursor left the screen');
    }
  }

  /** The lines that are not empty. */
  get lines(): string[] {
    return this.#lines.filter((line) => line !== '');
  }
}
