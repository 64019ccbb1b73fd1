import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Operation, onnxModel, type Port } from './onnx-model.js';

export const TEXT_DIMENSION = 8;
export const IMAGE_DIMENSION = 6;

const WORDS = 'red green blue fish bird horse stone river song lamp'.split(' ');
const SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];

/** Numbers that all differ and are the same every time. */
function spread(count: number, seed: number): number[] {
  return Array.from({ length: count }, (_, n) => Math.sin(seed + n * 12.9898) * 0.5);
}

/** A sentence encoder: a table of word vectors, with tokens split at white space. The library loads it like a real model. */
export async function writeTextModel(folder: string): Promise<string> {
  const vocabulary = [...SPECIAL, ...WORDS];
  const tokens: Port['shape'] = ['batch', 'tokens'];
  const model = onnxModel({
    inputs: [
      { name: 'input_ids', type: 'int64', shape: tokens },
      { name: 'attention_mask', type: 'int64', shape: tokens },
    ],
    outputs: [{ name: 'last_hidden_state', type: 'float', shape: [...tokens, TEXT_DIMENSION] }],
    constants: [
      {
        name: 'table',
        shape: [vocabulary.length, TEXT_DIMENSION],
        values: spread(vocabulary.length * TEXT_DIMENSION, 1),
      },
    ],
    operations: [{ type: 'Gather', inputs: ['table', 'input_ids'], output: 'last_hidden_state' }],
  });
  await writeModel(folder, 'model', model, {
    'config.json': { model_type: 'bert', architectures: ['BertModel'], max_position_embeddings: 16 },
    'tokenizer_config.json': {
      ...{ tokenizer_class: 'BertTokenizer', model_max_length: 16, pad_token: '[PAD]', unk_token: '[UNK]' },
      ...{ cls_token: '[CLS]', sep_token: '[SEP]', mask_token: '[MASK]' },
    },
    'tokenizer.json': {
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: SPECIAL.map((content, id) => ({
        ...{ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true },
      })),
      normalizer: { type: 'Lowercase' },
      pre_tokenizer: { type: 'Whitespace' },
      post_processor: {
        type: 'BertProcessing',
        sep: ['[SEP]', 3],
        cls: ['[CLS]', 2],
      },
      decoder: null,
      model: {
        type: 'WordLevel',
        vocab: Object.fromEntries(vocabulary.map((word, id) => [word, id])),
        unk_token: '[UNK]',
      },
    },
  });
  return folder;
}

/** The output of an image encoder: one vector, a vector per patch, or a map of vectors. */
export type ImageAnswer = 'vector' | 'patches' | 'map';

const conv: Operation = {
  ...{ type: 'Conv', inputs: ['pixel_values', 'kernel'], output: 'convolved' },
  attributes: { kernel_shape: [4, 4], strides: [4, 4] },
};

const ends: Readonly<Record<ImageAnswer, { output: Port; operations: Operation[] }>> = {
  vector: {
    output: { name: 'image_embeds', type: 'float', shape: ['batch', IMAGE_DIMENSION] },
    operations: [
      { type: 'GlobalAveragePool', inputs: ['rectified'], output: 'averaged' },
      { type: 'Flatten', inputs: ['averaged'], output: 'image_embeds', attributes: { axis: 1 } },
    ],
  },
  patches: {
    output: { name: 'last_hidden_state', type: 'float', shape: ['batch', 'patches', IMAGE_DIMENSION] },
    operations: [
      // One row of patches: the maximum of each column.
      { type: 'Transpose', inputs: ['rectified'], output: 'channels_last', attributes: { perm: [0, 2, 3, 1] } },
      {
        type: 'ReduceMax',
        inputs: ['channels_last'],
        output: 'last_hidden_state',
        attributes: { axes: [1], keepdims: 0 },
      },
    ],
  },
  map: {
    output: { name: 'last_hidden_state', type: 'float', shape: ['batch', IMAGE_DIMENSION, 'height', 'width'] },
    operations: [{ type: 'Identity', inputs: ['rectified'], output: 'last_hidden_state' }],
  },
};

/** An image encoder: a convolution of 16 x 16 pixels, rectified. */
export async function writeImageModel(folder: string, answer: ImageAnswer = 'vector'): Promise<string> {
  const { output, operations } = ends[answer];
  const model = onnxModel({
    inputs: [{ name: 'pixel_values', type: 'float', shape: ['batch', 3, 'height', 'width'] }],
    outputs: [output],
    constants: [{ name: 'kernel', shape: [IMAGE_DIMENSION, 3, 4, 4], values: spread(IMAGE_DIMENSION * 48, 2) }],
    operations: [conv, { type: 'Relu', inputs: ['convolved'], output: 'rectified' }, ...operations],
  });
  await writeModel(folder, 'model', model, {
    'config.json': { model_type: 'vit', architectures: ['ViTModel'] },
    'preprocessor_config.json': {
      ...{ image_processor_type: 'ViTImageProcessor', do_resize: true, size: { height: 16, width: 16 }, resample: 2 },
      ...{ do_rescale: true, rescale_factor: 1 / 255, do_normalize: true },
      ...{ image_mean: [0.5, 0.5, 0.5], image_std: [0.5, 0.5, 0.5] },
    },
  });
  return folder;
}

async function writeModel(
  folder: string,
  name: string,
  model: Uint8Array,
  files: Readonly<Record<string, object>>,
): Promise<void> {
  await mkdir(join(folder, 'onnx'), { recursive: true });
  await writeFile(join(folder, 'onnx', `${name}.onnx`), model);
  for (const [file, content] of Object.entries(files)) await writeFile(join(folder, file), JSON.stringify(content));
}
