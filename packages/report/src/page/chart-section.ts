import type { PageData } from '../page-data/page-data.js';
import type { Chart, ChartMaker, ChartRequest } from './charts/chart.js';
import { differences } from './charts/differences.js';
import { gains } from './charts/gains.js';
import { contributions, weights } from './charts/modality-charts.js';
import { curves, views } from './charts/validation-charts.js';
import type { Choice } from './choice.js';
import { element, lineKey } from './element.js';
import { Legend, type LegendEntry } from './legend.js';

const MAKERS: Readonly<Record<string, ChartMaker>> = { curves, views, weights, contributions, gains, differences };

/** Draws the charts of a section, and draws them again when the reader changes what to show. */
export function setUpCharts(section: HTMLElement, data: PageData, choice: Choice): void {
  const places = [...section.querySelectorAll<HTMLElement>('[data-charts]')];
  const kinds = places.map(({ dataset }) => dataset.charts!);
  const draw = () => {
    const request = { data, panel: choice.panel, metric: choice.metric, shown: legend.shown };
    for (const place of places) drawInto(place, request);
    for (const name of section.querySelectorAll('.place')) name.textContent = placeName(choice);
  };
  const legend = new Legend(section.querySelector('[data-legend]')!, defaults(kinds), draw);
  const renew = () => {
    legend.offer(entriesFor(kinds, data, choice));
    draw();
  };
  choice.onChange(renew);
  renew();
}

function placeName({ panel }: Choice): string {
  return panel ? `${panel.dataset} · ${panel.backbone}` : '';
}

function drawInto(place: HTMLElement, request: ChartRequest): void {
  const open = [...place.querySelectorAll('details')].map((details) => details.open);
  const charts = MAKERS[place.dataset.charts!]!(request);
  const figures = charts.map((chart, at) => figureOf(chart, open[at] ?? false));
  const nothing = element('p', 'small', 'Nothing was measured for this choice.');
  place.replaceChildren(...(figures.length > 0 ? figures : [nothing]));
}

/** Curves show all variants, diagnostics those that see several modalities. Initially, the two compared variants are switched on. */
function defaults(kinds: readonly string[]): (variant: string) => boolean {
  if (kinds.includes('curves')) return (variant) => ['plain', 'ckd'].includes(variant) || variant.startsWith('only:');
  return (variant) => ['plain', 'ckd'].includes(variant);
}

function entriesFor(kinds: readonly string[], data: PageData, choice: Choice): LegendEntry[] {
  if (kinds.includes('differences')) {
    const all = Object.values(data.differences).flat();
    return [...new Map(all.map((one) => [one.variant, one])).values()];
  }
  const series = choice.panel?.series ?? [];
  return kinds.includes('curves') ? [...series] : series.filter(({ variant }) => !variant.startsWith('only:'));
}

/** Makes a chart that fits the available width, with its title, its legend and its numbers. */
function figureOf(chart: Chart, numbersOpen: boolean): HTMLElement {
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
