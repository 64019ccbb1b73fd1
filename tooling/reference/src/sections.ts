import { type JsonSchema, type Key, keysOf } from './json-schema.js';

/** The keys of an object inside a comparison file. */
export interface Section {
  /** Where the object stands: `search.space`. */
  readonly title: string;
  readonly anchor: string;
  readonly introduction: string;
  readonly keys: readonly Key[];
  /** Whether an object has exactly one of the keys. */
  readonly isChoice: boolean;
}

/** The objects at every level of a schema, each once, by the {@link identityOf} of the schemas that hold them. */
export function sectionsOf(schema: JsonSchema): Map<string, Section> {
  const found = new Map<string, Section>();
  const waiting = named(schema, '');
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [title, outer] = next;
    const identity = identityOf(outer);
    if (identity === undefined || found.has(identity)) continue;
    found.set(identity, section(title, outer));
    waiting.push(...named(objectOf(outer) ?? {}, `${title}.`));
  }
  return new Map([...found].sort(([, a], [, b]) => Number(a.isChoice) - Number(b.isChoice)));
}

/** Equal for schemas whose objects have the same keys; undefined for a schema without an object. */
export function identityOf(schema: JsonSchema): string | undefined {
  const inner = objectOf(schema) ?? candidatesOf(schema);
  return inner && JSON.stringify(inner.properties ?? inner.anyOf);
}

function named({ properties = {} }: JsonSchema, prefix: string): [title: string, schema: JsonSchema][] {
  return Object.entries(properties).map(([name, schema]) => [`${prefix}${name}`, schema]);
}

function section(title: string, schema: JsonSchema): Section {
  const candidates = candidatesOf(schema);
  if (candidates) {
    const keys = candidates.anyOf!.flatMap((one) => keysOf(one, 'candidates'));
    return { title: 'Candidates', anchor: 'candidates', introduction: CANDIDATES, keys, isChoice: true };
  }
  const introduction =
    objectOf(schema) === schema ? `The keys of \`${title}\`:` : `The keys of an entry of \`${title}\`:`;
  const anchor = title.replaceAll('.', '').toLowerCase();
  return { title, anchor, introduction, keys: keysOf(objectOf(schema)!, title), isChoice: false };
}

const CANDIDATES =
  'The candidates for a hyperparameter are a list of values, such as `[0.001, 0.01]`, or with `method: random` a range, such as `{ logUniform: [0.001, 0.1] }`:';

/** An object with fixed keys, alone or as the entry of a list. */
function objectOf(schema: JsonSchema): JsonSchema | undefined {
  return [schema, schema.items].find(
    (one): one is JsonSchema => typeof one === 'object' && one.properties !== undefined,
  );
}

/** The values of an object with keys of any name, if they may be objects themselves. */
function candidatesOf({ additionalProperties }: JsonSchema): JsonSchema | undefined {
  return typeof additionalProperties === 'object' && additionalProperties.anyOf ? additionalProperties : undefined;
}
