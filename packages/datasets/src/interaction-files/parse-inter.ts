import type { ProblemLog } from '../problems/problem-log.js';
import { LARGEST_ID } from './ids.js';
import { explainInterLine, IGNORED, INTER_COLUMNS, interColumnRoles } from './inter-table.js';
import { InteractionLog } from './interaction-log.js';
import { skipByteOrderMark } from './skip-byte-order-mark.js';

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const ZERO = 0x30;
const NINE = 0x39;

const [USER, ITEM, LABEL] = [0, 1, 2];
/** The number of bytes from the middle of a table from which the line length is estimated. */
const SAMPLE = 2 ** 16;

/**
 * Reads an MMRec interaction table: tab-separated, with a header that names `userID`, `itemID` and `x_label` (0 train, 1
 * validation, 2 test). Parses the bytes directly, because creating a string per line would take most of the time.
 *
 * Reports `dataset/malformed-line`, `dataset/bad-id` and `dataset/bad-label` with `place:line`, and continues after them.
 *
 * @throws BalancedRecError `dataset/empty-file`, `dataset/bad-encoding`, `dataset/bad-header`
 */
export function parseInter(bytes: Uint8Array, place: string, problems: ProblemLog): InteractionLog {
  const start = skipByteOrderMark(bytes, place);
  const end = endOfText(bytes);
  const headerEnd = endOfLine(bytes, start, end);
  const roles = interColumnRoles(textOf(bytes, start, headerEnd), `${place}:1`);
  const log = new InteractionLog(guessLineCount(bytes, headerEnd, end));
  const row = new Float64Array(INTER_COLUMNS.length);

  let line = 2;
  for (let position = headerEnd + 1; position < end; line++) {
    let lineEnd = scanLine(bytes, position, end, roles, row);
    if (lineEnd >= 0) {
      log.add(row[USER!]!, row[ITEM!]!, row[LABEL!]!, line);
    } else {
      lineEnd = endOfLine(bytes, position, end);
      problems.report(explainInterLine(textOf(bytes, position, lineEnd), roles, `${place}:${line}`));
    }
    position = lineEnd + 1;
  }
  return log;
}

/** Reads one line into `row`, by role. Returns the end of the line, or -1 if the line is invalid. */
function scanLine(bytes: Uint8Array, start: number, end: number, roles: Int8Array, row: Float64Array): number {
  let position = start;
  for (let column = 0; column < roles.length; column++) {
    if (column > 0 && bytes[position++] !== TAB) return -1;
    const role = roles[column]!;
    const fieldStart = position;
    if (role === IGNORED) {
      while (position < end && bytes[position] !== TAB && bytes[position] !== LINE_FEED) position++;
      continue;
    }
    let value = 0;
    for (; position < end; position++) {
      const byte = bytes[position]!;
      if (byte < ZERO || byte > NINE) break;
      value = value * 10 + byte - ZERO;
    }
    const digits = position - fieldStart;
    if (digits === 0 || digits > 10 || value > LARGEST_ID) return -1;
    row[role] = value;
  }
  if (position < end && bytes[position] === CARRIAGE_RETURN) position++;
  const ended = position >= end || bytes[position] === LINE_FEED;
  return ended && row[LABEL!]! <= 2 ? position : -1;
}

/** The end of the text without trailing blank lines. A trailing tab stays: it may precede an empty last field. */
function endOfText(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0) {
    const byte = bytes[end - 1];
    if (byte !== LINE_FEED && byte !== CARRIAGE_RETURN && byte !== SPACE) break;
    end--;
  }
  return end;
}

/**
 * Estimates the number of lines, slightly too high rather than too low, because growing the log temporarily takes twice its
 * memory.
 */
function guessLineCount(bytes: Uint8Array, start: number, end: number): number {
  const from = start + Math.max(0, (end - start - SAMPLE) >> 1);
  const sample = bytes.subarray(from, Math.min(from + SAMPLE, end));
  let lines = 1;
  for (const byte of sample) if (byte === LINE_FEED) lines++;
  return Math.ceil((1.02 * lines * (end - start)) / Math.max(1, sample.length)) + 1;
}

function endOfLine(bytes: Uint8Array, start: number, end: number): number {
  const found = bytes.indexOf(LINE_FEED, start);
  return found < 0 || found > end ? end : found;
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  const text = new TextDecoder().decode(bytes.subarray(start, end));
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}
