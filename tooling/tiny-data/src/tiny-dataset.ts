import { join } from 'node:path';
import { type SyntheticModality, synthesizeDataset, writeMmrecDataset } from '@balanced-rec/datasets';

const text: SyntheticModality = { name: 'text', dimension: 6, strength: 1.5, noise: 0.3 };
const image: SyntheticModality = { name: 'image', dimension: 8, strength: 1, noise: 1, scale: 0.2 };

/** A value for `modalities`: text only. */
export const onlyText = [text];

/** Writes a dataset of 40 users and 30 items to `<folder>/tiny` and returns that path. */
export async function tinyDataset(
  folder: string,
  { name = 'tiny', seed = 1, modalities = [image, text], itemCount = 30 } = {},
): Promise<string> {
  const path = join(folder, name);
  await writeMmrecDataset(
    synthesizeDataset({ name, seed, userCount: 40, itemCount, interactionsPerUser: 7, modalities }),
    path,
  );
  return path;
}
