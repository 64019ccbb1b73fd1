import type { SourceFile } from '../sources/source-file.js';

/** What DuckDB works on, for its errors: a step, or a file with its format, which says what a message about it means. */
export type Place = string | Pick<SourceFile, 'path' | 'format'>;
