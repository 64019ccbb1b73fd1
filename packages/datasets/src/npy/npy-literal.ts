/** The values that can occur in the header of an `.npy` file. */
export type NpyLiteral = string | number | boolean | null | NpyLiteral[] | Map<string, NpyLiteral>;

/** Headers nest at most three levels deep (a structured type within the dictionary). Anything deeper is not a header. */
const DEEPEST = 8;

/**
 * Parses the Python literal in an `.npy` header: a dictionary of strings, whole numbers, True, False, None, tuples and lists.
 * Nothing else is accepted: the header comes from a file, and nothing in it is ever evaluated.
 *
 * @throws SyntaxError that says what was expected and where
 */
export function parseNpyLiteral(text: string): NpyLiteral {
  const reader = new LiteralReader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

class LiteralReader {
  #position = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): NpyLiteral {
    if (depth > DEEPEST) throw this.#fault('less nesting');
    if (this.#take('{')) return this.#dictionary(depth);
    if (this.#take('(')) return this.#sequence(')', depth);
    if (this.#take('[')) return this.#sequence(']', depth);
    return this.#string() ?? this.#number() ?? this.#word();
  }

  end(): void {
    this.#skipSpace();
    if (this.#position < this.#text.length) throw this.#fault('the end of the header');
  }

  #dictionary(depth: number): Map<string, NpyLiteral> {
    const entries = new Map<string, NpyLiteral>();
    while (!this.#take('}')) {
      const key = this.#string();
      if (key === undefined) throw this.#fault('a key in quotes');
      if (!this.#take(':')) throw this.#fault('":"');
      entries.set(key, this.value(depth + 1));
      if (this.#take(',')) continue;
      if (!this.#take('}')) throw this.#fault('"," or "}"');
      break;
    }
    return entries;
  }

  #sequence(close: string, depth: number): NpyLiteral[] {
    const values: NpyLiteral[] = [];
    while (!this.#take(close)) {
      values.push(this.value(depth + 1));
      if (this.#take(',')) continue;
      if (!this.#take(close)) throw this.#fault(`"," or "${close}"`);
      break;
    }
    return values;
  }

  #string(): string | undefined {
    const match = this.#match(/'([^'\\]*)'|"([^"\\]*)"/y);
    return match && (match[1] ?? match[2]);
  }

  #number(): number | undefined {
    // Python 2 wrote long integers as 3229L.
    const match = this.#match(/(-?\d+)L?/y);
    return match && Number(match[1]);
  }

  #word(): boolean | null {
    const match = this.#match(/True|False|None/y);
    if (match === undefined) throw this.#fault('a value');
    return match[0] === 'None' ? null : match[0] === 'True';
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    this.#skipSpace();
    pattern.lastIndex = this.#position;
    const match = pattern.exec(this.#text);
    if (match === null) return undefined;
    this.#position = pattern.lastIndex;
    return match;
  }

  #take(character: string): boolean {
    this.#skipSpace();
    if (this.#text[this.#position] !== character) return false;
    this.#position++;
    return true;
  }

  #skipSpace(): void {
    while (/\s/.test(this.#text[this.#position] ?? '')) this.#position++;
  }

  #fault(expected: string): SyntaxError {
    return new SyntaxError(`${expected} at character ${this.#position + 1} of the header`);
  }
}
