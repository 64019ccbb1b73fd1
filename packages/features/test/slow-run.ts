// A process that encodes slowly, so that a test can kill it midway: FOLDER MODEL_FOLDER.
import { extractFeatures } from '../src/index.js';
import { slowly } from './slow-encoder.js';

const [folder, modelFolder] = process.argv.slice(2) as [string, string];

await extractFeatures({
  folder,
  encoder: slowly(40),
  source: { columns: ['title'] },
  settings: { modelFolder },
  batchSize: 3,
  onProgress: ({ done }) => process.stdout.write(`${done}\n`),
});
