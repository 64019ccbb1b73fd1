import type { Backbone } from '@balanced-rec/ckd-core';
import { loadParameters } from '@balanced-rec/ckd-core/node';
import { BalancedRecError } from '@balanced-rec/errors';

/** Loads the parameters of a model's folder; where they do not fit, the error names the folder too. */
export async function loadInto(backbone: Backbone, folder: string): Promise<void> {
  try {
    await loadParameters(folder, backbone);
  } catch (error) {
    if (!(error instanceof BalancedRecError) || error.code !== 'parameters/mismatch') throw error;
    throw new BalancedRecError({ ...error.details, place: `${folder} (${error.details.place})` });
  }
}
