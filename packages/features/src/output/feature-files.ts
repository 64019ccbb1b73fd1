import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkFileName } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';

/** Where the features of a modality go. */
export interface FeatureFiles {
  readonly features: string;
  readonly record: string;
}

/**
 * The two files of a modality.
 *
 * @throws BalancedRecError `dataset/bad-name`
 */
export function featureFiles(folder: string, modality: string): FeatureFiles {
  checkFileName(modality);
  return { features: join(folder, `${modality}_feat.npy`), record: join(folder, `${modality}_features.json`) };
}

/**
 * Refuses to replace features that are there.
 *
 * @throws BalancedRecError `features/exists`
 */
export function checkVacant({ features: place }: FeatureFiles): void {
  if (!existsSync(place)) return;
  throw new BalancedRecError({
    code: 'features/exists',
    message: 'there are features of this modality already',
    place,
    expected: 'no such file yet',
    found: 'a feature file',
    remedy: 'replace it with --overwrite, or name another modality with --modality',
  });
}
