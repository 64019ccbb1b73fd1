import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes a comparison file and returns its path. */
export async function comparisonFile(folder: string, yaml: string, name = 'comparison.yaml'): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, name);
  await writeFile(path, yaml);
  return path;
}
