import type { Model, View } from './open-model.js';

/** Who to recommend to, and what to rank by. */
export interface Request {
  readonly view: View;
  /** Undefined for someone who is not a user of the model. */
  readonly user?: number;
  readonly given: readonly number[];
}

/** @throws BalancedRecError `recommender/unknown-item` */
export function readRequest(form: FormData, { views, items }: Model): Request {
  const view = views[Number(form.get('view'))]!;
  if (form.get('who') === 'user') return { view, user: Number(form.get('user')), given: [] };
  const ids = String(form.get('items')).split(/[\s,]+/);
  return { view, given: ids.filter((id) => id !== '').map((id) => items.numberOf(id, 'item', 'Items')) };
}
