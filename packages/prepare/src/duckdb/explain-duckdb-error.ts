import { BalancedRecError, type ErrorDetails } from '@balanced-rec/errors';
import type { FileFormat } from '../options/prepare-options.js';

/** What DuckDB works on, for its errors: a step, or a file with its format, which says what a message about it means. */
export type Place = string | { readonly path: string; readonly format: FileFormat };

type Explanation = Pick<ErrorDetails, 'code' | 'message' | 'expected' | 'remedy'>;

/** What a message means that says nothing else, by the format of the file that it is about. */
const malformed: Readonly<Record<FileFormat, Explanation>> = {
  csv: {
    code: 'prepare/malformed-row',
    message: 'a row cannot be read',
    expected: 'as many fields as the first line has, and line ends of one kind',
    remedy: 'mend the line; or say --delimiter, --quote or --format if the file is read the wrong way',
  },
  json: {
    code: 'prepare/malformed-json',
    message: 'the JSON cannot be read',
    expected: 'an array of objects, or one object a line',
    remedy: 'mend it; the file may have been cut off, or be of another format (--format)',
  },
  parquet: {
    code: 'prepare/malformed-parquet',
    message: 'the Parquet file cannot be read',
    expected: 'a whole Parquet file',
    remedy: 'download or write the file again; it may have been cut off, or be of another format (--format)',
  },
};

/** What DuckDB's messages mean here, the special before the general. */
const explanations: readonly (readonly [RegExp, Explanation])[] = [
  [
    /Out of Memory Error|std::bad_alloc|failed to allocate/i,
    {
      code: 'prepare/out-of-memory',
      message: 'the memory that preparing may take is not enough',
      remedy: 'allow more with --memory, or take fewer --threads',
    },
  ],
  [
    /No space left on device|disk quota|max_temp_directory_size/i,
    {
      code: 'prepare/disk-full',
      message: 'there is no room for temporary files',
      expected: "room for several times the log's size beside the output folder",
      remedy: 'free some, or choose an output folder on a larger disk',
    },
  ],
  [
    /No files found that match/,
    { code: 'prepare/missing-file', message: 'the file is missing', expected: 'a file', remedy: 'check the path' },
  ],
  [
    /not utf-8 encoded|invalid unicode|invalid UTF-?8|UTF-16 encoding is not supported|does not support the encoding|not valid utf/i,
    {
      code: 'prepare/bad-encoding',
      message: 'the text is not in the encoding expected',
      expected: 'UTF-8, or what --encoding says',
      remedy: 'for delimited text say --encoding latin-1 or utf-16; otherwise save the file again as UTF-8',
    },
  ],
  [
    /^(?:FATAL|INTERNAL) Error|database has been invalidated/i,
    {
      code: 'prepare/database-failed',
      message: 'DuckDB itself failed over this',
      expected: 'data that it reads or refuses',
      remedy:
        'save the file anew, as UTF-8 or in another format; a file that other programs read is worth a bug report to DuckDB',
    },
  ],
  [/parquet|magic bytes|thrift|TProtocol|snappy/i, malformed.parquet],
  [
    /gzip|zstd|zlib|decompress|failed to decode|frame descriptor|frame parameter|data corruption|checksum|src size|dictionary/i,
    {
      code: 'prepare/bad-compression',
      message: 'the file cannot be decompressed',
      expected: 'a whole file, compressed as its name says',
      remedy: 'download or write the file again; it may have been cut off',
    },
  ],
  [
    /unterminated quote/i,
    {
      code: 'prepare/malformed-row',
      message: 'a quotation is not closed',
      expected: 'quotation marks in pairs, doubled within a quotation',
      remedy: 'mend the line; where quotation marks are plain text, say --quote none',
    },
  ],
  [
    /Maximum line size|maximum_object_size|Buffer size|line size/i,
    {
      code: 'prepare/malformed-row',
      message: 'a row is too long',
      expected: 'rows of at most 16 MB',
      remedy: 'check the line ends and quotation marks; where quotation marks are plain text, say --quote none',
    },
  ],
  [/CSV|Expected Number of Columns/, malformed.csv],
  [/JSON/, malformed.json],
];

const otherwise: Explanation = {
  code: 'prepare/failed',
  message: 'DuckDB cannot do this',
  remedy: 'check the file; with a file that other programs read, this is worth a bug report',
};

/** An error of DuckDB in our terms: `place:line` where it tells the line. */
export function explainDuckdbError(error: Error, place: Place, memory: string): BalancedRecError {
  const { message } = error;
  const said = withoutData(message);
  const [, known] = explanations.find(([pattern]) => pattern.test(said)) ?? [];
  const explanation = known ?? (typeof place === 'string' ? otherwise : malformed[place.format]);
  const where = typeof place === 'string' ? place : place.path;
  const line = /CSV Error on Line: (\d+)/.exec(message)?.[1];
  const isMemory = explanation.code === 'prepare/out-of-memory';
  return new BalancedRecError({
    expected: isMemory ? `to get by with ${memory}` : 'something that DuckDB reads',
    ...explanation,
    place: line === undefined ? where : `${where}:${line}`,
    found: whatItSays(message),
    cause: error,
  });
}

const ADVICE = /\n\s*Possible (?:fixes|Solution)|\nTry setting|\n\s*file =|\n\nLINE \d/;

/** A message without the rows and names that it quotes: those may hold any word. */
function withoutData(message: string): string {
  const [told] = message.split(ADVICE);
  return told!
    .replace(/Original Line: [\s\S]*\n(?=\S)/, '')
    .replace(/Object \{[\s\S]*\} has duplicate key[\s\S]*/, 'duplicate key')
    .replaceAll(/"[^"]*"|'[^']*'/g, '""');
}

/** The lines that say something of the data, without DuckDB's advice to its own users; short enough to read. */
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
