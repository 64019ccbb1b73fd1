import { BalancedRecError } from '@balanced-rec/errors';

/**
 * Refuses a name of a dataset or modality that could leave the folder it is written into.
 *
 * @throws BalancedRecError `dataset/bad-name`
 */
export function checkFileName(name: string): void {
  if (/^[\w.-]+$/.test(name) && !name.startsWith('.')) return;
  throw new BalancedRecError({
    code: 'dataset/bad-name',
    message: 'this name cannot be part of a file name',
    place: JSON.stringify(name),
    expected: 'letters, digits, "_", "-" and ".", not first "."',
    found: JSON.stringify(name),
    remedy: 'choose another name for the dataset or modality',
  });
}
