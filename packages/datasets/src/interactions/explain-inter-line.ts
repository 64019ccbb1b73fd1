import type { ErrorDetails } from '@balanced-rec/errors';
import { countOf } from '../count-of.js';
import { quote } from '../quote.js';
import { explainId } from './explain-id.js';
import { IGNORED, INTER_COLUMNS, otherSeparator } from './inter-columns.js';
import { SPLITS } from './splits.js';

const LABEL_ROLE = INTER_COLUMNS.indexOf('x_label');

/** Why a line of an `.inter` table could not be read. The reader only sees that it could not; this looks closer. */
export function explainInterLine(line: string, roles: Int8Array, place: string): ErrorDetails {
  const fields = line.split('\t');
  if (fields.length !== roles.length) return explainFieldCount(line, fields.length, roles, place);
  for (const [column, field] of fields.entries()) {
    const role = roles[column]!;
    if (role === IGNORED) continue;
    const problem = role === LABEL_ROLE ? explainLabel(field, place) : explainId(field, INTER_COLUMNS[role]!, place);
    if (problem !== undefined) return problem;
  }
  return {
    code: 'dataset/malformed-line',
    message: 'the line cannot be read',
    place,
    expected: countOf(roles.length, 'field'),
    found: quote(line),
  };
}

function explainFieldCount(line: string, found: number, roles: Int8Array, place: string): ErrorDetails {
  const expected = `${countOf(roles.length, 'field')}, separated by tabs, as in the header`;
  const common = { code: 'dataset/malformed-line', place, expected };
  if (line.trim() === '') {
    return {
      ...common,
      message: 'a blank line within the data',
      found: quote(line),
      remedy: 'remove it (blank lines at the end of the file do no harm)',
    };
  }
  const separator = otherSeparator(line);
  return {
    ...common,
    message:
      separator === undefined ? 'wrong number of fields' : `the fields are separated by ${separator}, not by tabs`,
    found: `${countOf(found, 'field')}: ${quote(line)}`,
    remedy: separator === undefined ? 'correct or remove the line' : 'write the table again with tabs',
  };
}

function explainLabel(field: string, place: string): ErrorDetails | undefined {
  if (/^0*[012]$/.test(field)) return undefined;
  return {
    code: 'dataset/bad-label',
    message: 'the label is none of the three splits',
    place,
    expected: SPLITS.map((split, label) => `${label} (${split})`).join(', '),
    found: quote(field),
    remedy: 'write 0, 1 or 2 in the column x_label',
  };
}
