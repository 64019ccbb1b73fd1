const CUSTOMARY = ['image', 'text'];

/**
 * The one order of modalities, so that seeds, reports and hashes do not depend on how a folder lists its files:
 * image, then text, where present (the order of the literature), then the others by UTF-16 code units. Doubles are dropped.
 */
export function orderModalities(names: Iterable<string>): string[] {
  const present = new Set(names);
  const others = [...present].filter((name) => !CUSTOMARY.includes(name)).sort();
  return [...CUSTOMARY.filter((name) => present.has(name)), ...others];
}
