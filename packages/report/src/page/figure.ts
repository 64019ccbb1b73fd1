import type { Chart } from './charts/chart.js';
import { element, lineKey } from './element.js';

/** Makes a chart that fits the width there is, with its title, its legend and its numbers. */
export function figureOf(chart: Chart, numbersOpen: boolean): HTMLElement {
  const plot = element('div', 'plot');
  const keys = (chart.legend ?? []).map(({ label, mark }) => element('li', '', lineKey(mark), label));
  const legend = keys.length > 0 ? [element('ul', 'keys', ...keys)] : [];
  let width = 0;
  new ResizeObserver(() => {
    const room = Math.floor(plot.clientWidth);
    if (room === width || room === 0) return;
    width = room;
    plot.replaceChildren(chart.plot(Math.max(260, room)));
  }).observe(plot);
  return element('figure', '', element('figcaption', '', chart.title), ...legend, plot, dataTable(chart, numbersOpen));
}

/** The numbers behind a chart. The table is made when the fold is first opened. */
function dataTable({ title, columns, rows }: Chart, open: boolean): HTMLDetailsElement {
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
