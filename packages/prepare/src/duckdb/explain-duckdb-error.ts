import { BalancedRecError, type ErrorDetails } from '@balanced-rec/errors';
import type { FileFormat } from '../options/prepare-options.js';

/**
 * What DuckDB was working on, for its errors: a step, or a file with its format, which determines what a generic message means.
 */
export type Place = string | { readonly path: string; readonly format: FileFormat };

type Explanation = Pick<ErrorDetails, 'code' | 'message' | 'expected' | 'remedy'>;

/** What a generic message means, by the format of the file it is about. */
const malformed: Readonly<Record<FileFormat, Explanation>> = {
  csv: {
    code: 'prepare/malformed-row',
    message: 'a row cannot be read',
    expected: 'as many fields as in the first line, and consistent line ends',
    remedy: 'fix the line, or set --delimiter, --quote or --format if the file is parsed wrongly',
  },
  json: {
    code: 'prepare/malformed-json',
    message: 'the JSON cannot be read',
    expected: 'an array of objects, or one object per line',
    remedy: 'fix the file; it may be truncated, or in another format (--format)',
  },
  parquet: {
    code: 'prepare/malformed-parquet',
    message: 'the Parquet file cannot be read',
    expected: 'a complete Parquet file',
    remedy: 'download or write the file again; it may be truncated, or in another format (--format)',
  },
};

/** What DuckDB's messages mean here. Specific patterns come before general ones. */
const explanations: readonly (readonly [RegExp, Explanation])[] = [
  [
    /Out of Memory Error|std::bad_alloc|failed to allocate/i,
    {
      code: 'prepare/out-of-memory',
      message: 'not enough memory to prepare the dataset',
      remedy: 'raise --memory, or lower --threads',
    },
  ],
  [
    /No space left on device|disk quota|max_temp_directory_size/i,
    {
      code: 'prepare/disk-full',
      message: 'not enough disk space for temporary files',
      expected: "free space of several times the log's size next to the output folder",
      remedy: 'free some space, or choose an output folder on a larger disk',
    },
  ],
  [
    /No files found that match/,
    { code: 'prepare/missing-file', message: 'the file does not exist', expected: 'a file', remedy: 'check the path' },
  ],
  [
    /not utf-8 encoded|invalid unicode|invalid UTF-?8|UTF-16 encoding is not supported|does not support the encoding|not valid utf/i,
    {
      code: 'prepare/bad-encoding',
      message: 'the text is not in the expected encoding',
      expected: 'UTF-8, or the encoding set with --encoding',
      remedy:
        'for delimited text, set --encoding, such as windows-1252 (Western European) or gbk; otherwise save the file again as UTF-8',
    },
  ],
  [
    /^(?:FATAL|INTERNAL) Error|database has been invalidated/i,
    {
      code: 'prepare/database-failed',
      message: 'DuckDB failed with an internal error',
      expected: 'data that DuckDB either reads or rejects',
      remedy:
        'save the file again, as UTF-8 or in another format; if other programs can read it, report the bug to DuckDB',
    },
  ],
  [/parquet|magic bytes|thrift|TProtocol|snappy/i, malformed.parquet],
  [
    /gzip|zstd|zlib|decompress|failed to decode|frame descriptor|frame parameter|data corruption|checksum|src size|dictionary/i,
    {
      code: 'prepare/bad-compression',
      message: 'the file cannot be decompressed',
      expected: 'a complete file, compressed as its name says',
      remedy: 'download or write the file again; it may be truncated',
    },
  ],
  [
    /unterminated quote/i,
    {
      code: 'prepare/malformed-row',
      message: 'a quoted field is not closed',
      expected: 'paired quotation marks, doubled within a quoted field',
      remedy: 'fix the line; if quotation marks are plain text, set --quote none',
    },
  ],
  [
    /Maximum line size|maximum_object_size|Buffer size|line size/i,
    {
      code: 'prepare/malformed-row',
      message: 'a row is too long',
      expected: 'rows of at most 16 MB',
      remedy: 'check the line ends and quotation marks; if quotation marks are plain text, set --quote none',
    },
  ],
  [/CSV|Expected Number of Columns/, malformed.csv],
  [/JSON/, malformed.json],
];

const otherwise: Explanation = {
  code: 'prepare/failed',
  message: 'DuckDB cannot do this',
  remedy: 'check the file; if other programs can read it, please report a bug',
};

/** Translates a DuckDB error into a BalancedRecError, with `place:line` if the line is known. */
export function explainDuckdbError(error: Error, place: Place, memory: string): BalancedRecError {
  const { message } = error;
  const said = withoutData(message);
  const [, known] = explanations.find(([pattern]) => pattern.test(said)) ?? [];
  const explanation = known ?? (typeof place === 'string' ? otherwise : malformed[place.format]);
  const where = typeof place === 'string' ? place : place.path;
  const line = /CSV Error on Line: (\d+)/.exec(message)?.[1];
  const isMemory = explanation.code === 'prepare/out-of-memory';
  return new BalancedRecError({
    expected: isMemory ? `at most ${memory}` : 'something that DuckDB can read',
    ...explanation,
    place: line === undefined ? where : `${where}:${line}`,
    found: whatItSays(message),
    cause: error,
  });
}

const ADVICE = /\n\s*Possible (?:fixes|Solution)|\nTry setting|\n\s*file =|\n\nLINE \d/;

/** A message without the rows and names that it quotes, which could contain any word. */
function withoutData(message: string): string {
  const [told] = message.split(ADVICE);
  return told!
    .replace(/Original Line: [\s\S]*\n(?=\S)/, '')
    .replace(/Object \{[\s\S]*\} has duplicate key[\s\S]*/, 'duplicate key')
    .replaceAll(/"[^"]*"|'[^']*'/g, '""');
}

/** The lines about the data, without DuckDB's advice to its own users, shortened to be readable. */
function whatItSays(message: string): string {
  const [told] = message.split(ADVICE);
  const lines = told!
    .replace(/^Invalid Input Error: /, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('CSV Error on Line'));
  return lines
    .map((line) => (line.length > 160 ? `${line.slice(0, 160)}…` : line))
    .slice(0, 3)
    .join('; ');
}
