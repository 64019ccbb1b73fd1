import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type StoredTrainingData, trainingDataChunks } from '@balanced-rec/ckd-core/format';
import type { OpenModel } from '../open/open-model.js';
import type { ExportFormat } from './export-format.js';

/** What a page needs to recommend under any view: the model's folder in `browser/`, with `training-data.safetensors` beside it. */
export const browserExport: ExportFormat = {
  name: 'browser',
  async write({ model }, folder) {
    const target = join(folder, 'browser');
    await mkdir(target);
    for (const name of ['manifest.json', 'model.safetensors'])
      await copyFile(join(model.folder, name), join(target, name));
    await writeFile(join(target, 'training-data.safetensors'), trainingDataChunks(trainingDataOf(model)));
  },
};

function trainingDataOf({ dataset, recommender, users, items }: OpenModel): StoredTrainingData {
  const { userCount, itemCount, hash, train, features } = dataset;
  return { userCount, itemCount, hash, train, seen: recommender.seen, features, users, items };
}
