import { defineEncoder } from '@balanced-rec/features';

const alphabet = [...'abcdefghijklmnopqrstuvwxyz'];

/** Counts the letters in a text. */
export const letters = defineEncoder({
  name: 'letters',
  kind: 'text',
  async create({ options = {} }) {
    return {
      name: 'letters',
      kind: 'text',
      dimension: alphabet.length,
      identity: { version: 1, options },
      async encode(batch) {
        const counts = batch.flatMap((text) => alphabet.map((letter) => text.toLowerCase().split(letter).length - 1));
        return Float32Array.from(counts);
      },
    };
  },
});
