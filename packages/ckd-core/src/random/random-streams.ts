import { RandomGenerator, type RandomState } from './random-generator.js';

/** What a random draw is for. Each purpose has a sequence of its own, so that drawing more for one leaves the others unchanged. */
export type RandomPurpose = 'init' | 'sampling' | 'distillation' | 'dropout' | 'pruning' | (string & {});

/** All randomness of one run: one seed, one generator per purpose. */
export class RandomStreams {
  readonly seed: number;
  readonly #streams = new Map<string, RandomGenerator>();

  constructor(seed: number) {
    this.seed = seed;
  }

  /** The generator for a purpose; the same one each time. */
  stream(purpose: RandomPurpose): RandomGenerator {
    const existing = this.#streams.get(purpose);
    if (existing) return existing;
    const created = new RandomGenerator(seedState(`${this.seed}:${purpose}`));
    this.#streams.set(purpose, created);
    return created;
  }

  /** The state of every stream used so far, to be handed to {@link restore}. */
  save(): Record<string, RandomState> {
    return Object.fromEntries([...this.#streams].map(([purpose, generator]) => [purpose, generator.state]));
  }

  /** Continues every saved stream where it stood. */
  restore(states: Readonly<Record<string, RandomState>>): void {
    for (const [purpose, state] of Object.entries(states)) this.stream(purpose).state = state;
  }
}

/** FNV-1a of the text, expanded by SplitMix32: neighbouring seeds start far apart. */
function seedState(text: string): RandomState {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  const next = () => {
    hash = (hash + 0x9e3779b9) | 0;
    let z = hash;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  return [next(), next(), next(), next()];
}
