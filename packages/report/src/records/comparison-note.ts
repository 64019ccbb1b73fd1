import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import { writeFileAtomically } from '@balanced-rec/files';
import * as z from 'zod';

const noteSchema = z.object({ format: z.literal(1), title: z.string(), command: z.string() });

/** What a comparison's reports show that is not in the records of its runs. */
export type ComparisonNote = Omit<z.output<typeof noteSchema>, 'format'>;

/** Saves a comparison's title and command in its output folder, so that its reports can be made again. */
export async function writeNote(folder: string, { title, command }: ComparisonNote): Promise<void> {
  await writeFileAtomically(notePath(folder), `${JSON.stringify({ format: 1, title, command }, null, 1)}\n`);
}

/**
 * Reads what {@link writeNote} saved. For a folder without a note, the title is the folder's name and the command is the one that makes
 * its report.
 * @throws BalancedRecError `comparison/damaged-note`
 */
export async function readNote(folder: string): Promise<ComparisonNote> {
  const path = notePath(folder);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw damaged(path, error);
    return { title: basename(resolve(folder)), command: `balanced-rec report ${folder}` };
  }
  try {
    return noteSchema.parse(JSON.parse(text));
  } catch (error) {
    throw damaged(path, error);
  }
}

function notePath(folder: string): string {
  return join(folder, 'comparison.json');
}

function damaged(place: string, cause: unknown): BalancedRecError {
  return new BalancedRecError({
    code: 'comparison/damaged-note',
    message: "the comparison's title and command cannot be read",
    place,
    expected: '{ "format": 1, "title": ..., "command": ... }',
    found: cause instanceof z.ZodError ? 'other JSON' : String(cause),
    remedy: 'delete the file; the report then uses the name of the folder',
    cause,
  });
}
