import { guessDelimiter, splitFields } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import { identifier, literal, type Workspace } from '../duckdb/workspace.js';
import type { CompleteOptions } from '../options/prepare-options.js';
import { isTabbed, type SourceFile } from '../sources/source-file.js';
import { firstLine } from './first-line.js';
import type { Table } from './table.js';

/** How to read delimited text, where the files themselves do not tell. */
export type DelimitedOptions = Pick<CompleteOptions, 'delimiter' | 'quote' | 'columns'>;

/** The longest row, in bytes. */
const LONGEST_ROW = 2 ** 24;

/**
 * Opens delimited text. Quoted fields may contain the delimiter, line ends and doubled quotation marks. All fields are read as
 * text.
 *
 * @throws BalancedRecError `prepare/empty-file`, `prepare/malformed-row`, `prepare/bad-encoding`
 */
export async function openDelimited(
  workspace: Workspace,
  source: SourceFile,
  options: DelimitedOptions,
): Promise<Table> {
  const { path, pattern, compression } = source;
  const line = await firstLine(workspace, source);
  const quote = options.quote === 'none' ? '' : options.quote;
  const delimiter = options.delimiter ?? (isTabbed(path) ? '\t' : guessDelimiter(line, quote, options.columns?.length));
  const found = splitFields(line, delimiter, quote);
  const columns = options.columns ?? found;
  if (columns.length !== found.length) throw otherColumns(path, columns, found);

  const nameAt = (at: number) => `c${at}`;
  const types = columns.map((_, at) => `'${nameAt(at)}': 'VARCHAR'`).join(', ');
  const file = `read_csv(${[
    literal(pattern),
    'auto_detect = false',
    `columns = {${types}}`,
    `header = ${options.columns === undefined}`,
    `delim = ${literal(delimiter)}`,
    `quote = ${literal(quote)}`,
    `escape = ${literal(quote)}`,
    `encoding = 'utf-8'`,
    `compression = '${compression}'`,
    `max_line_size = ${LONGEST_ROW}`,
    // The default buffer would hold many rows of maximum length for each of several threads.
    `buffer_size = ${2 * LONGEST_ROW}`,
  ].join(', ')})`;
  const column = (name: string) => nameAt(columns.indexOf(name));
  return {
    columns,
    rows: () => file,
    column: (name) => ({ text: column(name), id: column(name), written: column(name) }),
    selectJson: (key) => {
      const fields = distinct(columns).map(({ name, at }) => `${identifier(name)} := ${nameAt(at)}`);
      return `(SELECT ${column(key)} AS key, ${column(key)} AS written, to_json(struct_pack(${fields.join(', ')}))::VARCHAR AS fields FROM ${file})`;
    },
  };
}

/** Columns with names, the first of each name, because a JSON object cannot hold the others. */
function distinct(columns: readonly string[]): { name: string; at: number }[] {
  const seen = new Set<string>();
  return columns
    .map((name, at) => ({ name, at }))
    .filter(({ name }) => {
      const key = name.toLowerCase();
      if (name === '' || seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

function otherColumns(place: string, columns: readonly string[], found: readonly string[]): BalancedRecError {
  return new BalancedRecError({
    code: 'prepare/malformed-row',
    message: 'the first line does not have as many fields as --columns has names',
    place: `${place}:1`,
    expected: `${columns.length} fields: ${columns.join(', ')}`,
    found: `${found.length}: ${found.join(', ').slice(0, 160)}`,
    remedy: 'name every column with --columns, or set --delimiter',
  });
}
