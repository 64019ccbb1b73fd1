import { checkCutoffs, evaluateBackbone } from '@balanced-rec/eval';
import { leastRankingWork } from './floor/least-work.js';
import { measureFloor } from './floor/measure-floor.js';
import { sizesOf } from './floor/sizes-of.js';
import { describeModel, type ModelTask, openModel } from './open-model.js';
import { residentMemory } from './resident-memory.js';
import { medianMilliseconds, rounded, seconds } from './timing.js';

export interface EvaluationTask extends ModelTask {
  /** Length of the lists. */
  readonly topK: number;
  readonly repeats: number;
}

/** Ranks all items for all users with validation items, using initial parameters. Must run in a separate process. */
export async function measureEvaluation(task: EvaluationTask) {
  const model = await openModel(task);
  const { data, backbone } = model;
  checkCutoffs([task.topK], data.itemCount, data.name);
  const choice = { metrics: ['recall', 'ndcg'], cutoffs: [task.topK] } as const;
  const evaluate = () => evaluateBackbone(backbone, backbone.modalities, data, data.validation, choice);
  const milliseconds = medianMilliseconds(task.repeats, evaluate);
  const { peak } = residentMemory();

  const { perUser, mean } = evaluate();
  const users = Object.values(perUser)[0]!.length;
  const sizes = sizesOf(data, backbone);
  return {
    ...describeModel(model, task),
    topK: task.topK,
    repeats: task.repeats,
    users,
    evaluateSeconds: seconds(milliseconds),
    usersPerSecond: rounded(users / (milliseconds / 1000)),
    ...measureFloor(leastRankingWork(task.backbone, sizes, users), sizes, milliseconds / 1000),
    peakRssMb: Math.round(peak / 1e6),
    validation: mean,
  };
}
