import type { Tensor } from '@huggingface/transformers';
import { defineEncoder, type Encoder, type EncoderSettings } from './encoder.js';
import { transformersOptions } from './encoder-options.js';
import { loadModel } from './load-model.js';
import { floatsOf, normalizeRows } from './vectors-of.js';

/** What is used where no model is named: 384 dimensions, Apache-2.0. */
export const DEFAULT_TEXT_MODEL = 'Xenova/all-MiniLM-L6-v2';

/** Models that name no limit get this one; attention takes the square of it. */
const MOST_TOKENS = 512;

/** Sentence encoders of @huggingface/transformers, on ONNX Runtime. */
export const transformersText = defineEncoder({
  name: 'transformers',
  kind: 'text',
  create: createTextEncoder,
});

async function createTextEncoder(settings: EncoderSettings): Promise<Encoder<'text'>> {
  const { model = DEFAULT_TEXT_MODEL } = settings;
  const options = transformersOptions(settings.options ?? {}, {
    ...{ dtype: 'fp32', pooling: 'mean', normalize: true, revision: 'main' },
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
      const outputs = (await network(inputs)) as Record<string, Tensor | undefined>;
      const output = outputs.last_hidden_state ?? outputs.token_embeddings ?? outputs.sentence_embedding;
      if (output === undefined)
        throw new Error(`the model answers with ${Object.keys(outputs).join(', ')}, no vectors`);
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
