import { BalancedRecError, type ErrorDetails, nearestName } from '@balanced-rec/errors';
import { quote } from '../quote.js';

/** The columns of an MMRec `.inter` table that are read; the position of each is its role. */
export const INTER_COLUMNS = ['userID', 'itemID', 'x_label'] as const;

/** The role of a column that is not read. */
export const IGNORED = -1;

/**
 * The role of each column of a table, from its header line: the columns come in any order, with others between.
 *
 * @throws BalancedRecError `dataset/bad-header`
 */
export function interColumnRoles(header: string, place: string): Int8Array {
  const names = header.split('\t').map((name) => name.trim());
  const missing = INTER_COLUMNS.filter((name) => !names.includes(name));
  if (missing.length > 0) throw new BalancedRecError({ ...explain(header, names, missing), ...about(header, place) });
  const doubled = INTER_COLUMNS.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (doubled !== undefined) {
    const message = `the header names the column ${doubled} twice`;
    throw new BalancedRecError({ message, ...about(header, place), remedy: 'remove or rename one of them' });
  }
  return Int8Array.from(names, (name) => (INTER_COLUMNS as readonly string[]).indexOf(name));
}

function about(header: string, place: string) {
  return {
    code: 'dataset/bad-header',
    place,
    expected: `a first line with the columns ${INTER_COLUMNS.join(', ')}, separated by tabs`,
    found: quote(header),
  };
}

function explain(header: string, names: string[], missing: string[]): Pick<ErrorDetails, 'message' | 'remedy'> {
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

/** What separates the fields of a line without tabs, where that can be told. */
export function otherSeparator(line: string): string | undefined {
  const text = line.trim();
  if (text.includes('\t')) return undefined;
  if (text.includes(',')) return 'commas';
  if (text.includes(';')) return 'semicolons';
  return text.includes(' ') ? 'spaces' : undefined;
}
