import { BalancedRecError } from '@balanced-rec/errors';
import * as tf from '@tensorflow/tfjs-core';

/** The values of all parameters at one moment, by name. */
export type ParameterSnapshot = ReadonlyMap<string, { readonly shape: number[]; readonly values: Float32Array }>;

/** A model's named parameters, in the order they were added. */
export class ParameterSet {
  readonly #variables = new Map<string, tf.Variable>();

  /** Adds a parameter and takes its initial value over; `trainable: false` keeps it out of the optimizer. */
  add<T extends tf.Tensor>(name: string, initial: T, options: { readonly trainable?: boolean } = {}): tf.Variable & T {
    if (this.#variables.has(name)) {
      throw new BalancedRecError({
        code: 'parameters/duplicate',
        message: `a parameter named "${name}" exists already`,
        remedy: 'give each parameter a name of its own',
      });
    }
    const variable = tf.variable(initial, options.trainable ?? true);
    initial.dispose();
    this.#variables.set(name, variable);
    return variable as unknown as tf.Variable & T;
  }

  /** The parameter of that name. @throws BalancedRecError `parameters/unknown` */
  get(name: string): tf.Variable {
    const variable = this.#variables.get(name);
    if (variable) return variable;
    throw new BalancedRecError({
      code: 'parameters/unknown',
      message: `there is no parameter "${name}"`,
      expected: [...this.#variables.keys()].join(', '),
      found: name,
    });
  }

  get names(): string[] {
    return [...this.#variables.keys()];
  }

  /** The parameters that the optimizer moves, with their names. */
  get trainable(): ReadonlyMap<string, tf.Variable> {
    return new Map([...this.#variables].filter(([, variable]) => variable.trainable));
  }

  /** How many numbers the trainable parameters hold. */
  get trainableCount(): number {
    return [...this.trainable.values()].reduce((sum, variable) => sum + variable.size, 0);
  }

  snapshot(): ParameterSnapshot {
    return new Map(
      [...this.#variables].map(([name, v]) => [name, { shape: v.shape, values: v.dataSync<'float32'>() }]),
    );
  }

  /**
   * Puts saved values back.
   * @throws BalancedRecError `parameters/mismatch` naming the first parameter that is missing, unknown or of another shape; nothing is changed then.
   */
  restore(snapshot: ParameterSnapshot): void {
    for (const name of new Set([...this.names, ...snapshot.keys()])) {
      const ours = this.#variables.get(name)?.shape;
      const theirs = snapshot.get(name)?.shape;
      if (ours?.join() === theirs?.join() && ours) continue;
      throw new BalancedRecError({
        code: 'parameters/mismatch',
        message: 'the saved parameters do not fit this model',
        place: name,
        expected: ours ? `shape [${ours}]` : 'no such parameter',
        found: theirs ? `shape [${theirs}]` : 'no such parameter',
        remedy: 'load it into the backbone, configuration and dataset that it was saved from',
      });
    }
    for (const [name, { shape, values }] of snapshot) {
      tf.tidy(() => this.#variables.get(name)!.assign(tf.tensor(values, shape)));
    }
  }

  dispose(): void {
    for (const variable of this.#variables.values()) variable.dispose();
    this.#variables.clear();
  }
}
