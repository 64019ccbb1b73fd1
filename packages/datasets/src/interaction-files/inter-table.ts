import { BalancedRecError, type ErrorDetails, nearestName } from '@balanced-rec/errors';
import { SPLITS } from '../dataset/dataset.js';
import { countOf, quote } from '../problems/wording.js';
import { explainId } from './ids.js';

/** The columns that are read from an MMRec `.inter` table. A column's position here is its role. */
export const INTER_COLUMNS = ['userID', 'itemID', 'x_label'] as const;

/** The role of a column that is not read. */
export const IGNORED = -1;

const LABEL_ROLE = INTER_COLUMNS.indexOf('x_label');

/**
 * Finds the role of each column from the header line. The columns may come in any order, with other columns in between.
 *
 * @throws BalancedRecError `dataset/bad-header`
 */
export function interColumnRoles(header: string, place: string): Int8Array {
  const names = header.split('\t').map((name) => name.trim());
  const missing = INTER_COLUMNS.filter((name) => !names.includes(name));
  if (missing.length > 0)
    throw new BalancedRecError({ ...explainHeader(header, names, missing), ...aboutHeader(header, place) });
  const doubled = INTER_COLUMNS.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (doubled !== undefined) {
    const message = `the header has the column ${doubled} twice`;
    throw new BalancedRecError({ message, ...aboutHeader(header, place), remedy: 'remove or rename one of them' });
  }
  return Int8Array.from(names, (name) => (INTER_COLUMNS as readonly string[]).indexOf(name));
}

/** Explains why a line of an `.inter` table could not be read. The fast reader only detects that it could not. */
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

function aboutHeader(header: string, place: string) {
  return {
    code: 'dataset/bad-header',
    place,
    expected: `a first line with the columns ${INTER_COLUMNS.join(', ')}, separated by tabs`,
    found: quote(header),
  };
}

function explainHeader(header: string, names: string[], missing: string[]): Pick<ErrorDetails, 'message' | 'remedy'> {
  const separator = otherSeparator(header);
  if (separator !== undefined) {
    return {
      message: `the header is separated by ${separator}, not by tabs`,
      remedy: `write the table again with tabs, for example to_csv(path, sep='\\t', index=False) in pandas`,
    };
  }
  if (names.every((name) => /^-?[\d.]+$/.test(name))) {
    return {
      message: 'the header line is missing: the file starts with data',
      remedy: `put the line "${INTER_COLUMNS.join('<tab>')}" first`,
    };
  }
  const wanted = missing[0]!;
  const near = nearestName(wanted, names);
  return {
    message: `the header has no column ${missing.join(' and no column ')}`,
    remedy: near === undefined ? `add the column ${wanted}` : `rename the column ${quote(near)} to ${wanted}`,
  };
}

function explainFieldCount(line: string, found: number, roles: Int8Array, place: string): ErrorDetails {
  const expected = `${countOf(roles.length, 'field')}, separated by tabs, as in the header`;
  const common = { code: 'dataset/malformed-line', place, expected };
  if (line.trim() === '') {
    return {
      ...common,
      message: 'blank line within the data',
      found: quote(line),
      remedy: 'remove it (blank lines at the end of the file are fine)',
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
    message: 'the label is not one of the three splits',
    place,
    expected: SPLITS.map((split, label) => `${label} (${split})`).join(', '),
    found: quote(field),
    remedy: 'write 0, 1 or 2 in the column x_label',
  };
}

/** What separates the fields of a line without tabs, if that can be detected. */
function otherSeparator(line: string): string | undefined {
  const text = line.trim();
  if (text.includes('\t')) return undefined;
  if (text.includes(',')) return 'commas';
  if (text.includes(';')) return 'semicolons';
  return text.includes(' ') ? 'spaces' : undefined;
}
