import { TextWriter } from '../disk/text-writer.js';
import { RandomSource } from '../numeric/random-source.js';
import type { PlantedUser } from './plant-users.js';

/** The formats of a raw log. */
export const RAW_FORMATS = ['csv', 'tsv', 'jsonl'] as const;

/** A format in which a raw log can be written. */
export type RawFormat = (typeof RAW_FORMATS)[number];

const COLUMNS = ['user_id', 'item_id', 'rating', 'timestamp'] as const;
type Row = readonly [user: string, item: string, rating: number, timestamp: number];

const FORMATS: Readonly<Record<RawFormat, { readonly header: string; line(row: Row): string }>> = {
  csv: { header: `${COLUMNS.join(',')}\n`, line: (row) => `${row.join(',')}\n` },
  tsv: { header: `${COLUMNS.join('\t')}\n`, line: (row) => `${row.join('\t')}\n` },
  jsonl: {
    header: '',
    line: ([user, item, rating, timestamp]) =>
      `{"user_id":"${user}","item_id":"${item}","rating":${rating},"timestamp":${timestamp}}\n`,
  },
};

/** 2020-01-01, and the three years over which users arrive. */
const FIRST_DAY = 1_577_836_800;
const YEARS = 3 * 365 * 86_400;
/** The longest time in seconds between two interactions of a user: 12 days. */
const LONGEST_PAUSE = 12 * 86_400;

/**
 * Writes the users' choices as an unprepared log: string ids, ratings from 1 to 5, seconds since 1970. A user's interactions
 * are in chronological order, with training before validation and test. The best fifth of a user's items is rated 5, the next
 * fifth 4, and so on.
 */
export class RawLogWriter {
  readonly #file: TextWriter;
  readonly #line: (row: Row) => string;
  readonly #times: RandomSource;

  private constructor(file: TextWriter, format: RawFormat, seed: number) {
    this.#file = file;
    this.#line = FORMATS[format].line;
    this.#times = new RandomSource(seed, 'times');
  }

  static async create(
    path: string,
    { format, compress, seed }: { format: RawFormat; compress: boolean; seed: number },
  ): Promise<RawLogWriter> {
    const file = await TextWriter.create(path, { compress });
    await file.append(FORMATS[format].header);
    return new RawLogWriter(file, format, seed);
  }

  /** @param chosen the choices of the user after the last one */
  async append({ user, items, ranks }: PlantedUser): Promise<void> {
    let time = FIRST_DAY + this.#times.below(YEARS);
    let text = '';
    for (const [n, item] of items.entries()) {
      time += 1 + this.#times.below(LONGEST_PAUSE);
      const rating = 5 - Math.floor((5 * ranks[n]!) / items.length);
      text += this.#line([`u${user}`, rawItemId(item), rating, time]);
    }
    await this.#file.append(text);
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** The id of an item in a raw log. */
export function rawItemId(item: number): string {
  return `i${item}`;
}
