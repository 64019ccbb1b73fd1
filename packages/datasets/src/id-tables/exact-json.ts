import { parse } from 'lossless-json';

/** A whole number that may have more digits than a number holds. */
const LONG_NUMBER = /(?<![\d.])\d{16}/;

/**
 * Parses JSON like `JSON.parse`, except that a whole number that a number cannot hold becomes a bigint, so that ids and names
 * keep their digits.
 *
 * @throws SyntaxError if the text is not JSON
 */
export function parseExactJson(text: string): unknown {
  if (!LONG_NUMBER.test(text)) return JSON.parse(text);
  return parse(text, null, { parseNumber: numberOf, onDuplicateKey: ({ newValue }) => newValue });
}

function numberOf(text: string): number | bigint {
  const number = Number(text);
  return /^-?\d+$/.test(text) && !Number.isSafeInteger(number) ? BigInt(text) : number;
}
