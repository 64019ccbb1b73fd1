import type { Chart } from './charts/chart.js';
import { dataTable } from './data-table.js';
import { element } from './element.js';
import { lineKey } from './line-key.js';

/** A chart that fits the width there is, with its title, its legend and its numbers. */
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
