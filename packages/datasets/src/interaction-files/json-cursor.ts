import { BalancedRecError } from '@balanced-rec/errors';
import { quote } from '../problems/wording.js';
import { LARGEST_ID } from './ids.js';

const LINE_FEED = 0x0a;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const ZERO = 0x30;
const NINE = 0x39;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** What `takeWholeNumber` returns if there is no valid id. */
export const NOT_AN_ID = -1;

/** A position in the bytes of a JSON file. The take methods advance it. */
export class JsonCursor {
  position: number;
  /** 1-based. */
  line = 1;
  #lineStart = 0;
  readonly #bytes: Uint8Array;
  readonly #place: string;

  constructor(bytes: Uint8Array, place: string, start: number) {
    this.#bytes = bytes;
    this.#place = place;
    this.position = start;
  }

  /** Skips white space and, if `byte` comes next, skips that too. */
  take(byte: number): boolean {
    this.#skipSpace();
    if (this.#bytes[this.position] !== byte) return false;
    this.position++;
    return true;
  }

  /** Like `take`, but fails on anything else. Returns the position of the byte. */
  expect(byte: number, what: string): number {
    if (!this.take(byte)) throw new BalancedRecError(this.fault(what));
    return this.position - 1;
  }

  expectEnd(): void {
    this.#skipSpace();
    if (this.position < this.#bytes.length) throw new BalancedRecError(this.fault('the end of the file'));
  }

  takeUntilQuote(): string {
    const end = this.#bytes.indexOf(QUOTE, this.position);
    if (end < 0) throw new BalancedRecError(this.fault('a closing double quote'));
    const text = this.#text(this.position, end);
    this.position = end + 1;
    return text;
  }

  /** Takes a whole number that is a valid id. If anything else follows, returns `NOT_AN_ID` and does not move. */
  takeWholeNumber(): number {
    this.#skipSpace();
    let value = 0;
    let end = this.position;
    for (; end < this.#bytes.length; end++) {
      const byte = this.#bytes[end]!;
      if (byte < ZERO || byte > NINE) break;
      value = value * 10 + byte - ZERO;
    }
    const digits = end - this.position;
    if (digits === 0 || digits > 10 || value > LARGEST_ID || !this.#isScalarEnd(end)) return NOT_AN_ID;
    this.position = end;
    return value;
  }

  /** Takes the text of a number, string or word, as written. */
  takeScalar(): string {
    const start = this.position;
    let end = start;
    while (!this.#isScalarEnd(end)) end++;
    if (end === start) throw new BalancedRecError(this.fault('an item id'));
    this.position = end;
    return this.#text(start, end);
  }

  /** The file, line and column of a byte on the current line. */
  placeOf(position: number): string {
    return `${this.#place}:${this.line}:${position - this.#lineStart + 1}`;
  }

  fault(expected: string) {
    const rest = this.#text(this.position, this.position + 40);
    return {
      code: 'dataset/malformed-json',
      message: 'malformed JSON',
      place: this.placeOf(this.position),
      expected,
      found: rest === '' ? 'the end of the file' : quote(rest),
      remedy: 'write {"<user>": [<item>, ...], ...}; if the file is truncated, write or download it again',
    };
  }

  #skipSpace(): void {
    for (; ; this.position++) {
      const byte = this.#bytes[this.position];
      if (byte === LINE_FEED) {
        this.line++;
        this.#lineStart = this.position + 1;
      } else if (byte === undefined || (byte !== SPACE && (byte < 0x09 || byte > 0x0d))) return;
    }
  }

  #isScalarEnd(position: number): boolean {
    const byte = this.#bytes[position];
    if (byte === undefined || byte <= SPACE || byte === COMMA) return true;
    return byte === OPEN_LIST || byte === CLOSE_LIST || byte === OPEN_OBJECT || byte === CLOSE_OBJECT;
  }

  #text(start: number, end: number): string {
    return new TextDecoder().decode(this.#bytes.subarray(start, end));
  }
}
