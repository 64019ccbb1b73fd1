import * as z from 'zod';
import { decoderOf } from './encodings.js';

export const FILE_FORMATS = ['csv', 'json', 'parquet'] as const;

/** The format of a file's rows. Text with tabs or other delimiters counts as `csv` too. */
export type FileFormat = (typeof FILE_FORMATS)[number];

export const SPLIT_METHODS = ['random', 'user-time', 'global-time', 'leave-one-out', 'column'] as const;

/**
 * How interactions are split into train, validation and test.
 * @useDeclaredType
 */
export type SplitMethod = (typeof SPLIT_METHODS)[number];

export const LAYOUTS = ['mmrec', 'lattice'] as const;

/**
 * The layout of the output folder: MMRec's or LATTICE's.
 * @useDeclaredType
 */
export type Layout = (typeof LAYOUTS)[number];

const positive = z.number().int().positive();
const column = z.string().min(1).optional();

/** The proportions of train, validation and test, in any unit: `8:1:1`, or `0.8:0.1:0.1`. */
const ratios = z
  .string()
  .regex(/^(\d{1,6}(?:\.\d{1,6})?):(\d{1,6}(?:\.\d{1,6})?):(\d{1,6}(?:\.\d{1,6})?)$/, 'three numbers, as in 8:1:1')
  .refine((text) => text.split(':').every((part) => Number(part) > 0), 'three numbers above 0: no split may be empty');

const memory = z
  .string()
  .regex(/^\d+(?:\.\d+)?\s*(?:MB|GB|TB|MiB|GiB|TiB)$/i, 'an amount of memory, as in 512MB or 2GB')
  .refine((text) => bytesOf(text) >= 128e6, 'at least 128MB');

/** The options of {@link prepare}; in a YAML file they have the same names. */
export const prepareSchema = z.strictObject({
  /** Files, or file patterns, with one row per interaction. */
  interactions: z.array(z.string().min(1), { error: 'at least one file' }).min(1, 'at least one file'),
  /** The folder to create. */
  out: z.string({ error: 'a folder' }).min(1, 'a folder'),
  /** The dataset's name. Default: the name of the folder. */
  name: z.string().optional(),
  user: column,
  item: column,
  rating: column,
  time: column,
  split: column,
  /** The format of all files. Default: detected from their names. */
  format: z.enum(FILE_FORMATS).optional(),
  delimiter: z
    .string()
    .min(1)
    .max(4)
    .refine((text) => !/["\r\n]/.test(text), 'one to four characters, without quotation marks or line ends')
    .optional(),
  /** The quotation mark of delimited text, or `none`. */
  quote: z
    .string()
    .refine((text) => text === 'none' || /^[!-~]$/.test(text), 'one character, or none')
    .default('"'),
  /** The column names of delimited files without a header. */
  columns: z.array(z.string().min(1)).min(2).optional(),
  /** The encoding of delimited text, by any of the WHATWG's names. */
  encoding: z
    .string()
    .refine(
      (name) => decoderOf(name) !== undefined,
      'an encoding such as utf-8, utf-16, windows-1252, gbk or shift_jis',
    )
    .default('utf-8'),
  /** Keeps only interactions with at least this rating. */
  minRating: z.number().optional(),
  /** The minimum number of interactions that each user and item has in the end. */
  core: positive.optional(),
  /** Replaces `core` for users. */
  userCore: positive.optional(),
  /** Replaces `core` for items. */
  itemCore: positive.optional(),
  /** Default: `column` if there is a split column, otherwise `random`. */
  splitBy: z.enum(SPLIT_METHODS).optional(),
  ratios: ratios.default('8:1:1'),
  seed: z.number().int().nonnegative().default(1),
  /** Files with one row per item, which describe the items. */
  items: z.array(z.string().min(1)).min(1).optional(),
  /** The item column in these files. Default: the item column of the interactions, or a column with a known name. */
  itemsKey: column,
  /** Keeps only interactions with items that these files describe. */
  describedOnly: z.boolean().default(false),
  layout: z.array(z.enum(LAYOUTS)).min(1).default(['mmrec']),
  /** Drops rows without a user or item, or with an unreadable rating, time or split. */
  dropBadRows: z.boolean().default(false),
  /** Replaces the existing content of the folder. */
  overwrite: z.boolean().default(false),
  /** The memory limit of DuckDB. */
  memory: memory.default('2GB'),
  threads: positive.max(1024).optional(),
  /** The folder for DuckDB's extension for remote files. */
  extensionFolder: z.string().min(1).optional(),
  /** Where the extension is downloaded from. */
  extensionRepository: z.string().min(1).optional(),
});

/**
 * What to build a dataset from, and how.
 * @useDeclaredType
 */
export type PrepareOptions = z.input<typeof prepareSchema>;

/**
 * The same options, with all defaults filled in.
 * @useDeclaredType
 */
export type CompleteOptions = z.output<typeof prepareSchema>;

function bytesOf(memoryText: string): number {
  const [, amount, unit] = /^([\d.]+)\s*([A-Z]+)$/i.exec(memoryText) ?? [];
  const scale = { M: 1e6, G: 1e9, T: 1e12 }[unit?.[0]?.toUpperCase() ?? ''] ?? 0;
  return Number(amount) * scale;
}
