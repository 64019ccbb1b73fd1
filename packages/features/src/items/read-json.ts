import { stat } from 'node:fs/promises';
import { parseExactJson, quote, readBytes } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import { type ItemRecord, showValue } from './item-record.js';
import { readLines, unreadableFile } from './read-lines.js';

/** A JSON file is read at once, and takes several times its size in memory. */
const LARGEST_JSON = 2 ** 28;

/**
 * Reads JSONL: one object per line.
 *
 * @throws BalancedRecError `items/malformed-json`, and the errors of `readLines`
 */
export async function* readJsonLines(path: string): AsyncGenerator<ItemRecord> {
  for await (const { text, number } of readLines(path)) {
    const place = `${path}:${number}`;
    yield { place, fields: objectAt(parse(text, place), place) };
  }
}

/**
 * Reads JSON: an array of objects.
 *
 * @throws BalancedRecError `items/malformed-json`, `items/file-too-large`, `items/bad-encoding`, and the errors for missing
 *   files
 */
export async function* readJson(path: string): AsyncGenerator<ItemRecord> {
  const value = await readWholeJson(path);
  if (!Array.isArray(value)) throw malformed(path, 'an array of objects', showValue(value));
  for (const [index, entry] of value.entries()) {
    const place = `${path}: entry ${index}`;
    yield { place, fields: objectAt(entry, place) };
  }
}

/** Reads the value of a JSON file. Throws the same errors as `readJson`. */
export async function readWholeJson(path: string): Promise<unknown> {
  const { size } = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw unreadableFile(path, error);
  });
  if (size > LARGEST_JSON) throw tooLarge(path, size);
  const bytes = await readBytes(path);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw malformed(path, 'JSON in UTF-8', 'bytes that are not UTF-8');
  }
  return parse(text, path);
}

function parse(text: string, place: string): unknown {
  try {
    return parseExactJson(text);
  } catch (error) {
    throw malformed(place, 'JSON', `${quote(text)} (${(error as Error).message.split('\n')[0]!.slice(0, 120)})`);
  }
}

function objectAt(value: unknown, place: string): Record<string, unknown> {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  throw malformed(place, 'an object: { "item_id": ..., ... }', showValue(value));
}

function malformed(place: string, expected: string, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'items/malformed-json',
    message: 'malformed JSON',
    place,
    expected,
    found,
    remedy: /\b(NaN|Infinity)\b/.test(found)
      ? 'JSON has no NaN or Infinity; write null instead'
      : 'fix this place, or write the file again',
  });
}

function tooLarge(place: string, size: number): BalancedRecError {
  return new BalancedRecError({
    code: 'items/file-too-large',
    message: 'the JSON file is too large to be read at once',
    place,
    expected: `at most ${LARGEST_JSON} bytes`,
    found: `${size} bytes`,
    remedy: 'write it as .jsonl, one object per line, which is read line by line',
  });
}
