import { join } from 'node:path';
import { BalancedRecError, type ErrorDetails, nearestName } from '@balanced-rec/errors';
import { orderModalities } from '../dataset/dataset.js';
import { readBytes } from '../disk/reading.js';
import { explainNonFinite, type ModalityFile } from '../features/check-features.js';
import { decodeNpy } from '../npy/decode-npy.js';
import type { ProblemLog } from '../problems/problem-log.js';

const SUFFIX = '_feat.npy';

/**
 * Reads `<modality>_feat.npy` for the wanted modalities, or for all.
 *
 * Reports `npy/...`, `features/non-finite`, `dataset/missing-modality` and, if features are required, `dataset/no-features`.
 */
export async function readFeatures(
  path: string,
  names: readonly string[],
  {
    modalities,
    requireFeatures = true,
  }: { readonly modalities?: readonly string[] | undefined; readonly requireFeatures?: boolean | undefined },
  problems: ProblemLog,
): Promise<ModalityFile[]> {
  const available = names.filter((name) => name.endsWith(SUFFIX)).map((name) => name.slice(0, -SUFFIX.length));
  const wanted = orderModalities(modalities ?? available);
  const files: ModalityFile[] = [];
  for (const modality of wanted) {
    const file = await problems.attempt(() => readModality(path, modality, available, problems));
    if (file !== undefined) files.push(file);
  }
  if (wanted.length === 0 && requireFeatures) problems.report(noFeatures(path, names));
  return files;
}

async function readModality(
  path: string,
  modality: string,
  available: readonly string[],
  problems: ProblemLog,
): Promise<ModalityFile> {
  const place = join(path, modality + SUFFIX);
  if (!available.includes(modality)) throw missingModality(modality, available, place);
  const matrix = decodeNpy(await readBytes(place), place);
  const problem = explainNonFinite(matrix, place);
  if (problem !== undefined) problems.report(problem);
  return { modality, place, matrix };
}

function missingModality(modality: string, available: readonly string[], place: string): BalancedRecError {
  const near = nearestName(modality, available);
  return new BalancedRecError({
    code: 'dataset/missing-modality',
    message: `no features for the modality "${modality}"`,
    place,
    expected: `the file ${modality}${SUFFIX}`,
    found: available.length === 0 ? `no file *${SUFFIX}` : `the modalities ${orderModalities(available).join(', ')}`,
    remedy: near === undefined ? 'choose one of those found, or add the file' : `did you mean "${near}"?`,
  });
}

function noFeatures(path: string, names: readonly string[]): ErrorDetails {
  const near = names.filter((name) => name.endsWith('.npy'));
  return {
    code: 'dataset/no-features',
    message: 'the dataset has no features',
    place: path,
    expected: `at least one file <modality>${SUFFIX}, for example image${SUFFIX}`,
    found: near.length === 0 ? 'no .npy file' : near.join(', '),
    remedy: `save the features as <modality>${SUFFIX}; to read only the interactions, set requireFeatures: false`,
  };
}
