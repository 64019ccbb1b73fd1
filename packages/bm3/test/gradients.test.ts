import { sampleBatch, sampleData } from '@balanced-rec/backbone-suite';
import { bipartiteAdjacency, lossGradients, objectiveOf, RandomStreams, wholeGradients } from '@balanced-rec/ckd-core';
import { loadEngine } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { bm3 } from '../src/index.js';

const modalities = ['image', 'text'];
const config = { embeddingDim: 4, layers: 2, dropout: 0, regWeight: 0.1, clWeight: 2 };
const data = sampleData(modalities);
const batch = sampleBatch();

type Parameters = Readonly<Record<string, tf.Tensor2D>>;

/** The specification on dense matrices, in TensorFlow.js's own operations: what an embedding and its target are made of. */
function parts(p: Parameters, adjacency: tf.Tensor2D, observed: readonly string[]) {
  const x0 = tf.concat([p['user.id']!, p['item.id']!], 0) as tf.Tensor2D;
  const x1 = tf.matMul(adjacency, x0);
  const mean = tf.div<tf.Tensor2D>(tf.addN([x0, x1, tf.matMul(adjacency, x1)]), 3);
  const users = tf.slice(mean, 0, data.userCount);
  const items = tf.add<tf.Tensor2D>(tf.slice(mean, data.userCount), p['item.id']!);
  const rows = (x: tf.Tensor2D, ids: Int32Array) => tf.gather(x, tf.tensor1d(ids, 'int32'));
  const content = observed.map((m) =>
    tf.add<tf.Tensor2D>(
      tf.matMul(rows(p[`features.${m}`]!, batch.positives), p[`projection.${m}.kernel`]!),
      p[`projection.${m}.bias`]!,
    ),
  );
  return { users, items, u: rows(users, batch.users), i: rows(items, batch.positives), content };
}

function loss(p: Parameters, adjacency: tf.Tensor2D, observed: readonly string[], fixed: ReturnType<typeof parts>) {
  const { users, items, u, i, content } = parts(p, adjacency, observed);
  const predict = (x: tf.Tensor2D) => tf.add<tf.Tensor2D>(tf.matMul(x, p['predictor.kernel']!), p['predictor.bias']!);
  const distance = (a: tf.Tensor2D, b: tf.Tensor2D) =>
    tf.sub<tf.Scalar>(1, tf.mean(tf.div(tf.sum(tf.mul(a, b), 1), tf.mul(tf.norm(a, 2, 1), tf.norm(b, 2, 1)))));
  const ofContent = content.flatMap((t, k) => [distance(predict(t), fixed.i), distance(predict(t), fixed.content[k]!)]);
  const norms = tf.div<tf.Scalar>(tf.add(tf.norm(users), tf.norm(items)), data.itemCount);
  return tf.addN([
    distance(predict(u), fixed.i),
    distance(predict(i), fixed.u),
    tf.mul<tf.Scalar>(norms, config.regWeight),
    ...ofContent.map((term) => tf.mul<tf.Scalar>(term, config.clWeight)),
  ]) as tf.Scalar;
}

describe.each(['wasm', 'cpu'] as const)(
  'BM3 against the specification with its targets held fixed, on %s',
  (engine) => {
    beforeAll(async () => {
      await loadEngine(engine);
    });

    test.each([[modalities], [['text']]])('the loss and every gradient with %j observed', (observed) => {
      const backbone = bm3.create({ data, config, random: new RandomStreams(3) });
      const snapshot = backbone.parameters.snapshot();
      const ours = new Map<string, Float32Array>();
      let total = 0;
      tf.tidy(() => {
        const step = lossGradients(objectiveOf(backbone, observed), batch);
        total = step.total.dataSync()[0]!;
        for (const [name, gradient] of wholeGradients(step.gradients, backbone.parameters))
          ours.set(name, gradient.dataSync<'float32'>().slice());
      });
      backbone.dispose();
      tf.tidy(() => {
        const { pattern, values } = bipartiteAdjacency(data, 'symmetric');
        const dense = new Float32Array(pattern.rows * pattern.columns);
        for (const [e, row] of pattern.rowIndices().entries()) {
          dense[row * pattern.columns + pattern.columnIndices[e]!] = values[e]!;
        }
        const adjacency = tf.tensor2d(dense, [pattern.rows, pattern.columns]);
        const names = [...ours.keys()];
        const tensors = [...snapshot].map(
          ([name, { shape, values: v }]) => [name, tf.tensor(v.slice(), shape)] as const,
        );
        const all = Object.fromEntries(tensors) as Parameters;
        const fixed = parts(all, adjacency, observed);
        const at = (...moved: tf.Tensor[]) => {
          const those = Object.fromEntries(names.map((name, k) => [name, moved[k]!]));
          return loss({ ...all, ...those } as Parameters, adjacency, observed, fixed);
        };
        const { value, grads } = tf.valueAndGrads(at)(names.map((name) => all[name]!));
        expect(total).toBeCloseTo(value.dataSync()[0]!, 4);
        for (const [k, name] of names.entries()) {
          const expected = grads[k]!.dataSync();
          const scale = Math.max(...expected.map(Math.abs), 1e-3);
          const error = Math.max(...expected.map((x, n) => Math.abs(x - ours.get(name)![n]!))) / scale;
          expect(error, name).toBeLessThan(1e-3);
        }
      });
      const untouched = modalities.filter((m) => !observed.includes(m)).map((m) => `projection.${m}.kernel`);
      for (const name of untouched) expect(ours.get(name)?.some((x) => x !== 0) ?? false).toBe(false);
    });
  },
);
