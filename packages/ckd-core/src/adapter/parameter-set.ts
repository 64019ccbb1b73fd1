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
   * Adds a table `[rows, columns]` for which most steps read only a few rows. Gradients and updates cost only the rows that are
   * read. Takes ownership of the initial value.
   */
  addTable(name: string, initial: tf.Tensor2D): ParameterTable {
    const table = new ParameterTable(name, this.add(name, initial));
    this.#tables.set(name, table);
    return table;
  }

  /** Adds a parameter and takes ownership of its initial value; `trainable: false` keeps it out of the optimizer. */
  add<T extends tf.Tensor>(name: string, initial: T, options: { readonly trainable?: boolean } = {}): tf.Variable & T {
    if (this.#variables.has(name)) {
      throw new BalancedRecError({
        code: 'parameters/duplicate',
        message: `a parameter named "${name}" already exists`,
        remedy: 'give each parameter a unique name',
      });
    }
    const variable = tf.variable(initial, options.trainable ?? true);
    initial.dispose();
    this.#variables.set(name, variable);
    return variable as unknown as tf.Variable & T;
  }

  /** The parameter with that name. @throws BalancedRecError `parameters/unknown` */
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

  /** The table with that name, if the parameter was added as a table. */
  table(name: string): ParameterTable | undefined {
    return this.#tables.get(name);
  }

  /** The parameters that the optimizer updates, by name. Rows of tables may be out of date; {@link get} brings them up to date. */
  get trainable(): ReadonlyMap<string, tf.Variable> {
    return new Map([...this.#variables].filter(([, variable]) => variable.trainable));
  }

  /** The total number of values in the trainable parameters. */
  get trainableCount(): number {
    return [...this.trainable.values()].reduce((sum, variable) => sum + variable.size, 0);
  }

  /** Copies every parameter from the engine, with the rows of tables up to date. */
  snapshot(): ParameterSnapshot {
    return new Map(
      this.names.map((name) => {
        const variable = this.get(name);
        return [name, { shape: variable.shape, values: variable.dataSync<'float32'>() }];
      }),
    );
  }

  /**
   * Restores saved values.
   * @throws BalancedRecError `parameters/mismatch` naming the first parameter that is missing, unknown or of a different shape;
   *   nothing is changed in that case
   */
  restore(snapshot: ParameterSnapshot): void {
    for (const name of new Set([...this.names, ...snapshot.keys()])) {
      const ours = this.#variables.get(name)?.shape;
      const theirs = snapshot.get(name)?.shape;
      if (ours?.join() === theirs?.join() && ours) continue;
      throw new BalancedRecError({
        code: 'parameters/mismatch',
        message: 'the saved parameters do not match this model',
        place: name,
        expected: ours ? `shape [${ours}]` : 'no such parameter',
        found: theirs ? `shape [${theirs}]` : 'no such parameter',
        remedy: 'load them with the same backbone, configuration and dataset that they were saved from',
      });
    }
    for (const [name, array] of snapshot) assignArray(this.get(name), array);
  }

  /**
   * The parameters as stored, by name: rows of tables may be out of date. Use this when the optimizer's state is saved along with
   * them. Values are read on access.
   */
  stored(): ReadonlyMap<string, NamedArray> {
    return new Map([...this.#variables].map(([name, variable]) => [name, storedArray(variable)]));
  }

  /** Restores what {@link stored} returned; the caller must have checked the shapes. */
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

/** A variable's values as an array that is read on access. */
export function storedArray(variable: tf.Variable): NamedArray {
  return {
    shape: variable.shape,
    get values() {
      return variable.dataSync<'float32'>();
    },
  };
}

/** Assigns an array of the same shape to a variable. */
export function assignArray(variable: tf.Variable, { shape, values }: NamedArray): void {
  tf.tidy(() => variable.assign(tf.tensor(values, [...shape])));
}
