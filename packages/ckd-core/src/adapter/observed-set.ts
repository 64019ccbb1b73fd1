import { BalancedRecError } from '@balanced-rec/errors';

/**
 * The modalities that a view observes, in the backbone's own order.
 * All modalities are the joint (factual) view, a single one is that modality alone, and all but one are the counterfactual without the
 * omitted modality.
 */
export type ObservedSet = readonly string[];

/** The view with modality `m` alone. */
export function only(modalities: ObservedSet, m: string): ObservedSet {
  return modalities.filter((other) => other === m);
}

/** The view without modality `m`. */
export function without(modalities: ObservedSet, m: string): ObservedSet {
  return modalities.filter((other) => other !== m);
}

/** A string that is equal only for equal sets, whatever the modalities' names: the key under which a step shares a view. */
export function viewKey(observed: ObservedSet): string {
  return JSON.stringify(observed);
}

/**
 * Reads a view's name: `joint`, `only:<modality>` or `without:<modality>`.
 * @throws BalancedRecError `view/unknown` for any other name.
 */
export function parseView(name: string, modalities: ObservedSet): ObservedSet {
  if (name === 'joint') return modalities;
  const [kind, modality] = splitOnce(name, ':');
  if (modality !== undefined && modalities.includes(modality)) {
    if (kind === 'only') return only(modalities, modality);
    if (kind === 'without') return without(modalities, modality);
  }
  throw new BalancedRecError({
    code: 'view/unknown',
    message: `there is no view "${name}"`,
    expected: ['joint', ...modalities.map((m) => `only:${m}`), ...modalities.map((m) => `without:${m}`)].join(', '),
    found: name,
    remedy: 'use one of these views',
  });
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
