/** What the reference reads of a JSON schema that zod writes. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  /** What applies without the key, in words. */
  readonly byDefault?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema | boolean;
  readonly prefixItems?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
}

/** A key of an object, with what it may hold. */
export interface Key {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly description: string;
  readonly required: boolean;
}

/**
 * The keys of an object's schema.
 * @throws Error if a key has no description
 */
export function keysOf({ properties = {}, required = [] }: JsonSchema, place: string): Key[] {
  return Object.entries(properties).map(([name, schema]) => {
    const { description, byDefault } = schema;
    if (!description) throw new Error(`the key ${name} of ${place} has no description; give its schema one`);
    // A shorthand may stand in for a key that the written-out form requires.
    return { name, schema, description, required: required.includes(name) && byDefault === undefined };
  });
}
