import { escapeHtml } from './escape-html.js';
import type { Mark } from './page-data.js';

export interface LegendEntry {
  readonly name: string;
  readonly mark: Mark;
}

/** Names the lines of a card's charts. Its buttons are enabled by the page's script and switch lines off and on. */
export function legend(entries: readonly LegendEntry[]): string {
  const items = entries.map(({ name, mark }) => {
    const dash = mark.dash === '' ? '' : ` stroke-dasharray="${mark.dash}"`;
    const key = `<svg class="line-key" width="26" height="10" aria-hidden="true"><line class="mean s${mark.slot}" x1="1" x2="25" y1="5" y2="5"${dash}/></svg>`;
    const safe = escapeHtml(name);
    return `<li><button type="button" disabled aria-pressed="true" data-name="${safe}">${key}${safe}</button></li>`;
  });
  return `<ul class="legend">${items.join('')}</ul>`;
}
