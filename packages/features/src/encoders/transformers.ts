import type { Tensor } from '@huggingface/transformers';
import { defineEncoder, type Encoder, type EncoderSettings } from './encoder.js';
import { transformersOptions } from './encoder-options.js';
import { loadModel } from './load-model.js';
import { floatsOf, normalizeRows, outputOf, poolPatches } from './model-vectors.js';

/** The default text model: 384 dimensions, Apache-2.0. */
export const DEFAULT_TEXT_MODEL = 'Xenova/all-MiniLM-L6-v2';

/** The default image model: 512 dimensions, MIT. */
export const DEFAULT_IMAGE_MODEL = 'Xenova/clip-vit-base-patch32';

/** The limit for models that do not name one. The cost of attention grows with its square. */
const MOST_TOKENS = 512;

/** The order of preference if a model has several. */
const TEXT_OUTPUTS = ['last_hidden_state', 'token_embeddings', 'sentence_embedding'];
/** A projection (CLIP) is made for comparison; the other outputs are states of patches. */
const IMAGE_OUTPUTS = ['image_embeds', 'last_hidden_state', 'pooler_output', 'logits'];

/** Sentence encoders from @huggingface/transformers, running on ONNX Runtime. */
export const transformersText = defineEncoder({
  name: 'transformers',
  kind: 'text',
  create: createTextEncoder,
});

/** Image encoders from @huggingface/transformers, running on ONNX Runtime. */
export const transformersImage = defineEncoder({
  name: 'transformers',
  kind: 'image',
  create: createImageEncoder,
});

async function createTextEncoder(settings: EncoderSettings): Promise<Encoder<'text'>> {
  const { model = DEFAULT_TEXT_MODEL } = settings;
  const options = transformersOptions(settings.options ?? {}, {
    dtype: 'fp32',
    pooling: 'mean',
    normalize: true,
    revision: 'main',
  });
  const { pipeline, mean_pooling } = await import('@huggingface/transformers');
  const loaded = await loadModel(settings, model, options, (path, load) => pipeline('feature-extraction', path, load));
  const { tokenizer, model: network } = loaded.pipeline;
  const own = [
    tokenizer.model_max_length,
    (network.config as { max_position_embeddings?: number }).max_position_embeddings,
  ];
  const maxTokens = Math.min(
    options.maxTokens ?? MOST_TOKENS,
    ...own.filter((limit) => limit !== undefined && limit > 0).map(Number),
  );

  return {
    name: 'transformers',
    kind: 'text',
    identity: { ...loaded.identity, maxTokens },
    async encode(batch) {
      const inputs = tokenizer([...batch], { padding: true, truncation: true, max_length: maxTokens });
      const output = outputOf(await network(inputs), TEXT_OUTPUTS);
      const pooled = output.dims.length === 2 ? output : pool(output, inputs.attention_mask);
      const vectors = floatsOf(pooled);
      return options.normalize ? normalizeRows(vectors, pooled.dims.at(-1)!) : vectors;
    },
    async dispose() {
      await loaded.pipeline.dispose();
    },
  };

  function pool(states: Tensor, mask: Tensor): Tensor {
    return options.pooling === 'mean' ? mean_pooling(states, mask) : (states.slice(null, 0) as Tensor);
  }
}

async function createImageEncoder(settings: EncoderSettings): Promise<Encoder<'image'>> {
  const { model = DEFAULT_IMAGE_MODEL } = settings;
  const options = transformersOptions(settings.options ?? {}, {
    dtype: 'fp32',
    pooling: 'cls',
    normalize: true,
    revision: 'main',
  });
  const { pipeline, RawImage } = await import('@huggingface/transformers');
  const loaded = await loadModel(settings, model, options, (path, load) =>
    pipeline('image-feature-extraction', path, load),
  );
  const { processor, model: network } = loaded.pipeline;

  return {
    name: 'transformers',
    kind: 'image',
    identity: loaded.identity,
    async encode(batch) {
      const images = batch.map(
        ({ data, width, height }) => new RawImage(new Uint8ClampedArray(data), width, height, 3),
      );
      const { pixel_values } = await processor!(images);
      const output = outputOf(await network({ pixel_values }), IMAGE_OUTPUTS);
      const pooled = poolPatches(floatsOf(output), output.dims, options.pooling);
      return options.normalize ? normalizeRows(pooled, pooled.length / batch.length) : pooled;
    },
    async dispose() {
      await loaded.pipeline.dispose();
    },
  };
}
