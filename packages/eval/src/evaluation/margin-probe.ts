import { RandomStreams } from '@balanced-rec/ckd-core';
import { type Backbone, only, type StepScope, type Triples, without } from '@balanced-rec/ckd-core/backbone';
import { type Interactions, userCountOf } from '@balanced-rec/interactions';
import * as tf from '@tensorflow/tfjs-core';

/** Enough for a mean whose error is about a fiftieth of the margins' spread. */
const TRIPLES = 2048;

/** The split from which the probe is drawn. */
export interface ProbeData {
  readonly itemCount: number;
  readonly validation: Interactions;
}

/**
 * Draws validation interactions, each with a negative drawn from all items: the same at every evaluation of a run, and for every variant
 * with the same seed. Uses its own random stream, so that probing does not change the training.
 */
export function drawProbe({ itemCount, validation }: ProbeData, seed: number): Triples {
  const random = new RandomStreams(seed).stream('probe');
  const { offsets, items } = validation;
  const userOf = new Int32Array(items.length);
  for (let user = 0; user < userCountOf(validation); user++) userOf.fill(user, offsets[user], offsets[user + 1]);
  const count = Math.min(TRIPLES, items.length);
  const chosen = Int32Array.from({ length: count }, () => random.below(items.length));
  return {
    users: chosen.map((k) => userOf[k]!),
    positives: chosen.map((k) => items[k]!),
    negatives: chosen.map(() => random.below(itemCount)),
  };
}

/** Mean margins of the probe under the joint view, each modality alone, and all others: `joint`, `only:text`, `without:text`. */
export function probeMargins(backbone: Backbone, probe: Triples, scope: StepScope): Record<string, number> {
  const { modalities } = backbone;
  const views: [string, readonly string[]][] = [
    ['joint', modalities],
    ...modalities.map((m): [string, readonly string[]] => [`only:${m}`, only(modalities, m)]),
    ...modalities.map((m): [string, readonly string[]] => [`without:${m}`, without(modalities, m)]),
  ];
  const means = views.map(([, observed]) => tf.mean(backbone.represent(observed, scope).margins(probe)));
  const values = tf.stack(means).dataSync();
  return Object.fromEntries(views.map(([name], k) => [name, values[k]!]));
}
