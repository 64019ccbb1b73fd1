import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type StoredTrainingData, trainingDataChunks } from '@balanced-rec/ckd-core/format';
import { BalancedRecError } from '@balanced-rec/errors';
import type { OpenModel } from '../open/open-model.js';
import type { ExportFormat } from './export-format.js';

/** What a web page needs to recommend under any view: `browser/` with the model's files and `training-data.safetensors`. */
export const browserExport: ExportFormat = {
  name: 'browser',
  async write({ model }, folder) {
    const data = trainingDataOf(model);
    const target = join(folder, 'browser');
    await mkdir(target);
    for (const name of ['manifest.json', 'model.safetensors'])
      await copyFile(join(model.folder, name), join(target, name));
    await writeFile(join(target, 'training-data.safetensors'), trainingDataChunks(data));
  },
};

/** @throws BalancedRecError `export/needs-data` */
function trainingDataOf({ folder, dataset, recommender, users, items }: OpenModel): StoredTrainingData {
  if (!dataset) throw needsData(folder);
  const { userCount, itemCount, hash, train, features } = dataset;
  return { userCount, itemCount, hash, train, seen: recommender.seen, features, users, items };
}

function needsData(place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'export/needs-data',
    message: 'the browser format needs the features of the items',
    place,
    expected: 'the dataset that the model was trained on',
    found: 'the model alone',
    remedy: 'name the dataset folder with --data DIR, or omit the format browser',
  });
}
