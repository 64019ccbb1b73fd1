import type { JsonSchema } from './json-schema.js';

/**
 * Describes in Markdown what a value may be.
 * @param anchor that of the section with the keys of the value, or of its entries, if it has keys
 */
export function valueText(schema: JsonSchema, anchor?: string): string {
  const { additionalProperties, items, prefixItems } = schema;
  if (prefixItems) return '`[low, high]`';
  if (typeof items === 'object') return `list of ${anchor ? `[entries](#${anchor})` : entries(items)}`;
  if (additionalProperties) return anchor ? `[candidates](#${anchor}) by name` : 'values by name';
  if (anchor) return `[keys](#${anchor})`;
  return schema.enum ? quoted(schema.enum, 'or') : scalar(schema);
}

/** Writes a default in Markdown; empty where nothing applies. */
export function defaultText({ default: value, byDefault }: JsonSchema): string {
  if (byDefault !== undefined) return byDefault;
  const values = [value].flat().map((one) => (isNamed(one) ? one.name : one));
  return quoted(values.filter((one) => one !== undefined && typeof one !== 'object').map(String));
}

/** A shorthand writes `{ name: plain }` as `plain`. */
function isNamed(value: unknown): value is { readonly name: string } {
  return typeof value === 'object' && value !== null && 'name' in value;
}

function entries(schema: JsonSchema): string {
  return schema.enum ? quoted(schema.enum) : scalar(schema).replace('text', 'names').replace('number', 'numbers');
}

function scalar({ type, minimum, exclusiveMinimum }: JsonSchema): string {
  if (type === 'boolean') return quoted(['true', 'false'], 'or');
  if (type === 'string') return 'text';
  if (type === 'integer') return `whole number ≥ ${exclusiveMinimum === 0 ? 1 : minimum}`;
  if (exclusiveMinimum === undefined && minimum === undefined) return 'number';
  return exclusiveMinimum === undefined ? `number ≥ ${minimum}` : `number > ${exclusiveMinimum}`;
}

function quoted(values: readonly string[], conjunction?: string): string {
  const list = values.map((value) => `\`${value}\``).join(', ');
  return conjunction ? list.replace(/, ([^,]*)$/, ` ${conjunction} $1`) : list;
}
