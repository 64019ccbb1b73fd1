import type { Tensor } from '@huggingface/transformers';
import { defineEncoder, type Encoder, type EncoderSettings } from './encoder.js';
import { transformersOptions } from './encoder-options.js';
import { loadModel } from './load-model.js';
import { floatsOf, normalizeRows } from './vectors-of.js';

/** What is used where no model is named: 512 dimensions, MIT. */
export const DEFAULT_IMAGE_MODEL = 'Xenova/clip-vit-base-patch32';

/** Image encoders of @huggingface/transformers, on ONNX Runtime. */
export const transformersImage = defineEncoder({
  name: 'transformers',
  kind: 'image',
  create: createImageEncoder,
});

async function createImageEncoder(settings: EncoderSettings): Promise<Encoder<'image'>> {
  const { model = DEFAULT_IMAGE_MODEL } = settings;
  const options = transformersOptions(settings.options ?? {}, {
    ...{ dtype: 'fp32', pooling: 'cls', normalize: true, revision: 'main' },
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
      const outputs = (await network({ pixel_values })) as Record<string, Tensor | undefined>;
      // A projection (CLIP) is made for comparing; the others answer with states of patches.
      const output = outputs.image_embeds ?? outputs.last_hidden_state ?? outputs.pooler_output ?? outputs.logits;
      if (output === undefined)
        throw new Error(`the model answers with ${Object.keys(outputs).join(', ')}, no vectors`);
      const pooled = poolPatches(floatsOf(output), output.dims, options.pooling);
      return options.normalize ? normalizeRows(pooled, pooled.length / batch.length) : pooled;
    },
    async dispose() {
      await loaded.pipeline.dispose();
    },
  };
}

/** `[n, d]` as it is; `[n, patches, d]` by its first or the mean; `[n, d, height, width]` by the mean over places. */
export function poolPatches(values: Float32Array, dims: readonly number[], pooling: 'mean' | 'cls'): Float32Array {
  if (dims.length === 2) return values;
  const [count = 0, second = 0, ...rest] = dims;
  if (rest.length === 0 || rest.length > 2)
    throw new Error(`the model answers with an array of shape ${dims.join(' x ')}`);
  const isMap = rest.length === 2;
  const places = isMap ? rest[0]! * rest[1]! : second;
  const dimension = isMap ? second : rest[0]!;
  const used = isMap || pooling === 'mean' ? places : 1;
  const pooled = new Float32Array(count * dimension);
  for (let row = 0; row < count; row++) {
    for (let n = 0; n < dimension; n++) {
      let sum = 0;
      for (let place = 0; place < used; place++) {
        sum += values[row * places * dimension + (isMap ? n * places + place : place * dimension + n)]!;
      }
      pooled[row * dimension + n] = sum / used;
    }
  }
  return pooled;
}
