import type { Chart } from './charts/chart.js';
import { element } from './element.js';

/** The numbers behind a chart, made when they are first asked for. */
export function dataTable({ title, columns, rows }: Chart, open: boolean): HTMLDetailsElement {
  const details = element('details', 'numbers', element('summary', '', 'Numbers'));
  const fill = () => {
    if (!details.open || details.querySelector('table')) return;
    const head = columns.map((name, at) => cell('th', name, at, 'col'));
    const body = rows.map((row) =>
      element('tr', '', ...row.map((value, at) => cell(at === 0 ? 'th' : 'td', String(value), at, 'row'))),
    );
    const table = element('table', '', element('thead', '', element('tr', '', ...head)), element('tbody', '', ...body));
    const scroll = element('div', 'scroll', table);
    scroll.tabIndex = 0;
    scroll.setAttribute('role', 'region');
    scroll.setAttribute('aria-label', `Numbers: ${title}`);
    details.append(scroll);
  };
  details.addEventListener('toggle', fill);
  details.open = open;
  fill();
  return details;
}

function cell(name: 'th' | 'td', text: string, column: number, scope: 'row' | 'col'): HTMLTableCellElement {
  const made = element(name, column > 0 ? 'n' : '', text);
  if (name === 'th') made.scope = scope;
  return made;
}
