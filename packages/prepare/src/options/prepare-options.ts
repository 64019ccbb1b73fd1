import * as z from 'zod';

export const FILE_FORMATS = ['csv', 'json', 'parquet'] as const;

/** How a file's rows are written. Tabs and other delimiters are `csv` too. */
export type FileFormat = (typeof FILE_FORMATS)[number];

export const SPLIT_METHODS = ['random', 'user-time', 'global-time', 'leave-one-out', 'column'] as const;

/**
 * How interactions are divided into training, validation and test.
 * @useDeclaredType
 */
export type SplitMethod = (typeof SPLIT_METHODS)[number];

export const LAYOUTS = ['mmrec', 'lattice'] as const;

/**
 * The layout of the folder that is written: that of MMRec or of LATTICE.
 * @useDeclaredType
 */
export type Layout = (typeof LAYOUTS)[number];

const positive = z.number().int().positive();
const column = z.string().min(1).optional();

/** Train, validation and test, in any unit: `8:1:1`, or `0.8:0.1:0.1`. */
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
  /** Files, or patterns of files, with one row for each interaction. */
  interactions: z.array(z.string().min(1), { error: 'at least one file' }).min(1, 'at least one file'),
  /** The folder to make. */
  out: z.string({ error: 'a folder' }).min(1, 'a folder'),
  /** The dataset's name; that of the folder where left out. */
  name: z.string().optional(),
  user: column,
  item: column,
  rating: column,
  time: column,
  split: column,
  /** Of all files; told by their names where left out. */
  format: z.enum(FILE_FORMATS).optional(),
  delimiter: z
    .string()
    .min(1)
    .max(4)
    .refine((text) => !/["\r\n]/.test(text), 'one to four characters, no quotation mark and no line end')
    .optional(),
  /** The quotation mark of delimited text, or `none`. */
  quote: z
    .string()
    .refine((text) => text === 'none' || /^[!-~]$/.test(text), 'one character, or none')
    .default('"'),
  /** The names of the columns of delimited files that have no first line of names. */
  columns: z.array(z.string().min(1)).min(2).optional(),
  encoding: z.enum(['utf-8', 'utf-16', 'latin-1']).default('utf-8'),
  /** Keeps the interactions rated at least so. */
  minRating: z.number().optional(),
  /** The fewest interactions that a user and an item have in the end. */
  core: positive.optional(),
  /** In place of `core`, for users. */
  userCore: positive.optional(),
  /** In place of `core`, for items. */
  itemCore: positive.optional(),
  /** `column` where a split column is there, otherwise `random`. */
  splitBy: z.enum(SPLIT_METHODS).optional(),
  ratios: ratios.default('8:1:1'),
  seed: z.number().int().nonnegative().default(1),
  /** Files with one row for each item: what is known of it. */
  items: z.array(z.string().min(1)).min(1).optional(),
  /** The column of the item in them; that of the interactions, or one whose name tells it, where left out. */
  itemsKey: column,
  /** Keeps the interactions with items that these files describe. */
  describedOnly: z.boolean().default(false),
  layout: z.array(z.enum(LAYOUTS)).min(1).default(['mmrec']),
  /** Leaves out rows without user or item, or with a rating, time or split that cannot be read. */
  dropBadRows: z.boolean().default(false),
  /** Replaces what is in the folder. */
  overwrite: z.boolean().default(false),
  /** What DuckDB may take. */
  memory: memory.default('2GB'),
  threads: positive.max(1024).optional(),
  /** Where DuckDB's extension for remote files is kept. */
  extensionFolder: z.string().min(1).optional(),
  /** Where it is downloaded from. */
  extensionRepository: z.string().min(1).optional(),
});

/**
 * What to make a dataset of, and how.
 * @useDeclaredType
 */
export type PrepareOptions = z.input<typeof prepareSchema>;

/**
 * The same with every default written out.
 * @useDeclaredType
 */
export type CompleteOptions = z.output<typeof prepareSchema>;

function bytesOf(memoryText: string): number {
  const [, amount, unit] = /^([\d.]+)\s*([A-Z]+)$/i.exec(memoryText) ?? [];
  const scale = { M: 1e6, G: 1e9, T: 1e12 }[unit?.[0]?.toUpperCase() ?? ''] ?? 0;
  return Number(amount) * scale;
}
