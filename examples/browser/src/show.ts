import type { Basis, Recommendation } from '@balanced-rec/ckd-core';
import type { Model } from './open-model.js';

const status = document.querySelector<HTMLElement>('#status')!;
const list = document.querySelector('#list')!;
const seen = document.querySelector('#seen')!;

const bases: Readonly<Record<Basis, string>> = {
  user: 'based on what the model learned about this user',
  items: 'based on the given items',
  popularity: 'by popularity, because nothing else is known',
};

export function showList({ items, scores, basis }: Recommendation, { items: ids }: Model, milliseconds: number): void {
  status.classList.remove('fault');
  status.textContent = `${items.length} items in ${milliseconds.toFixed(1)} ms, ${bases[basis]}.`;
  const [best = 1, last = 0] = [scores.at(0), scores.at(-1)];
  const rows = Array.from(items, (item, rank) => {
    const score = scores[rank]!;
    const row = document.createElement('li');
    // From a tenth for the last item to the full width for the first: scores only have meaning relative to others in the list.
    row.style.setProperty('--share', String(0.1 + 0.9 * (best > last ? (score - last) / (best - last) : 1)));
    const value = Object.assign(document.createElement('data'), { value: String(score) });
    value.textContent = basis === 'popularity' ? `${score} users` : score.toFixed(3);
    row.append(nameOf(ids.idOf(item)), value);
    return row;
  });
  list.replaceChildren(...rows);
}

export function showSeen(items: Iterable<number>, { items: ids }: Model): void {
  const names = Array.from(items, (item) => {
    const row = document.createElement('li');
    row.textContent = String(ids.idOf(item));
    return row;
  });
  seen.replaceChildren(...names);
}

export function showFault(error: unknown): void {
  status.classList.add('fault');
  status.textContent = error instanceof Error ? error.message : String(error);
  list.replaceChildren();
  seen.replaceChildren();
}

function nameOf(id: string | number): HTMLElement {
  const name = document.createElement('span');
  name.dataset.item = String(id);
  name.textContent = `Item ${id}`;
  return name;
}
