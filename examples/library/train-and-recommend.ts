import { protocols } from '@balanced-rec/ckd-core';
import { trainModel } from '@balanced-rec/eval';
import { openModel, recommendUsers } from '@balanced-rec/models';

const { record, folder } = await trainModel({
  data: 'examples/data/planted', // interactions, and one feature file per modality
  backbone: { name: 'vbpr' },
  variant: 'ckd', // trains one teacher per modality first
  protocol: { ...protocols.mmrec, batchSize: 512, maxEpochs: 40 },
  seed: 1,
  engine: 'auto',
  out: 'runs/vbpr-ckd',
});
console.log(`test Recall@20 ${record.result.test['recall@20']!.toFixed(4)}`);
const model = await openModel(folder!);
for (const { user, items } of recommendUsers(model, Int32Array.of(0, 7), { k: 5 })) console.log(user, items);
