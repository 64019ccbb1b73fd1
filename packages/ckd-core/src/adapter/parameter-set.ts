import { BalancedRecError } from '@balanced-rec/errors';
import * as tf from '@tensorflow/tfjs-core';
import type { NamedArray } from '../format/safetensors.js';
import { ParameterTable } from './parameter-table.js';

/** The values of all parameters at one moment, by name. */
export type ParameterSnapshot = ReadonlyMap<string, NamedArray>;

/** A model's named parameters, in the order they were added. */
export class ParameterSet {
  readonly #variables = new Map<string, tf.Variable>();
  readonly #tables = new Map<string, ParameterTable>();

  /**
   * Adds a table `[rows, columns]` of which most steps read few rows, and takes its initial value over: its gradients and updates
   * cost the rows that are read.
   */
  addTable(name: string, initial: tf.Tensor2D): ParameterTable {
    const table = new ParameterTable(name, this.add(name, initial));
    this.#tables.set(name, table);
    return table;
  }

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
    this.#tables.get(name)?.settle();
    const variable = this.#variables.get(name);
    if (variable) return variable;
    throw new BalancedRecError({
      code: 'parameters/unknown',
      message: `there is no parameter "${name}"`,
      expected: [...this.#variables.keys()].join(', '),
      found: name,
    });
  }

  /** In the order they were added. */
  get names(): string[] {
    return [...this.#variables.keys()];
  }

  /** The table of that name, if it was added as one. */
  table(name: string): ParameterTable | undefined {
    return this.#tables.get(name);
  }

  /** The parameters that the optimizer moves, with their names. Rows of tables may be behind; {@link get} has them as they are. */
  get trainable(): ReadonlyMap<string, tf.Variable> {
    return new Map([...this.#variables].filter(([, variable]) => variable.trainable));
  }

  /** How many numbers the trainable parameters hold. */
  get trainableCount(): number {
    return [...this.trainable.values()].reduce((sum, variable) => sum + variable.size, 0);
  }

  /** Copies every parameter from the engine, rows of tables as they are stored. */
  snapshot(): ParameterSnapshot {
    return new Map(
      this.names.map((name) => {
        const variable = this.get(name);
        return [name, { shape: variable.shape, values: variable.dataSync<'float32'>() }];
      }),
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
    for (const [name, array] of snapshot) assignArray(this.get(name), array);
  }

  /**
   * The parameters as they are stored, by name: rows of tables may be behind. For what keeps the optimizer's state beside them.
   * Values are read when asked for.
   */
  stored(): ReadonlyMap<string, NamedArray> {
    return new Map([...this.#variables].map(([name, variable]) => [name, storedArray(variable)]));
  }

  /** Puts back what {@link stored} gave; shapes are the caller's to have checked. */
  restoreStored(arrays: ReadonlyMap<string, NamedArray>): void {
    for (const [name, variable] of this.#variables) assignArray(variable, arrays.get(name)!);
  }

  /** Frees the variables on the engine; the set is empty afterwards. */
  dispose(): void {
    for (const variable of this.#variables.values()) variable.dispose();
    this.#variables.clear();
    this.#tables.clear();
  }
}

/** A variable's values as an array that is read when asked for. */
export function storedArray(variable: tf.Variable): NamedArray {
  return {
    shape: variable.shape,
    get values() {
      return variable.dataSync<'float32'>();
    },
  };
}

/** Gives a variable the values of an array of its shape. */
export function assignArray(variable: tf.Variable, { shape, values }: NamedArray): void {
  tf.tidy(() => variable.assign(tf.tensor(values, [...shape])));
}
