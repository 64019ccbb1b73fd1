import { setTimeout as sleep } from 'node:timers/promises';
import { defineEncoder, type EncoderDefinition, transformersText } from '../src/index.js';

/** The real text encoder, with a pause before each batch. */
export function slowly(milliseconds: number): EncoderDefinition<'text'> {
  return defineEncoder({
    ...transformersText,
    async create(settings) {
      const encoder = await transformersText.create(settings);
      return {
        ...encoder,
        async encode(batch) {
          await sleep(milliseconds);
          return encoder.encode(batch);
        },
      };
    },
  });
}
