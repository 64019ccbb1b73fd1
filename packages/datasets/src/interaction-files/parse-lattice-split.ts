import type { ProblemLog } from '../problems/problem-log.js';
import { explainId } from './ids.js';
import type { InteractionLog } from './interaction-log.js';
import { JsonCursor, NOT_AN_ID } from './json-cursor.js';
import { skipByteOrderMark } from './skip-byte-order-mark.js';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Reads one split of the LATTICE layout, `{"<user>": [<item>, ...], ...}`, into `log`. A list may be empty. It has its own
 * parser because JSON.parse does not track lines, and silently drops the first of two equal users.
 *
 * Reports `dataset/bad-id` with `place:line:column` and continues after it.
 *
 * @throws BalancedRecError `dataset/malformed-json`, `dataset/empty-file`, `dataset/bad-encoding`
 */
export function parseLatticeSplit(
  bytes: Uint8Array,
  place: string,
  split: number,
  log: InteractionLog,
  problems: ProblemLog,
): void {
  const cursor = new JsonCursor(bytes, place, skipByteOrderMark(bytes, place));
  cursor.expect(OPEN_OBJECT, '"{"');
  if (!cursor.take(CLOSE_OBJECT)) {
    do {
      const user = readUser(cursor, problems);
      cursor.expect(COLON, '":" after the user id');
      readItems(cursor, user, split, log, problems);
    } while (cursor.take(COMMA));
    cursor.expect(CLOSE_OBJECT, '"," and the next user, or "}"');
  }
  cursor.expectEnd();
}

function readUser(cursor: JsonCursor, problems: ProblemLog): number {
  const start = cursor.expect(QUOTE, 'a user id in double quotes');
  const text = cursor.takeUntilQuote();
  const problem = explainId(text, 'the user id', cursor.placeOf(start));
  if (problem === undefined) return Number(text);
  problems.report(problem);
  return NOT_AN_ID;
}

function readItems(cursor: JsonCursor, user: number, split: number, log: InteractionLog, problems: ProblemLog): void {
  cursor.expect(OPEN_LIST, 'a list of item ids: "["');
  if (cursor.take(CLOSE_LIST)) return;
  do {
    const item = readItem(cursor, user, problems);
    if (user !== NOT_AN_ID && item !== NOT_AN_ID) log.add(user, item, split, cursor.line);
  } while (cursor.take(COMMA));
  cursor.expect(CLOSE_LIST, '"," and the next item id, or "]"');
}

function readItem(cursor: JsonCursor, user: number, problems: ProblemLog): number {
  const item = cursor.takeWholeNumber();
  if (item !== NOT_AN_ID) return item;
  const start = cursor.position;
  const text = cursor.takeScalar();
  problems.report(explainId(text, `an item id of user ${user}`, cursor.placeOf(start)) ?? cursor.fault('an item id'));
  return NOT_AN_ID;
}
