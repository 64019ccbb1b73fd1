import type { PageData } from '../page-data/page-data.js';
import type { ChartMaker, ChartRequest } from './charts/chart.js';
import { contributions } from './charts/contributions.js';
import { curves } from './charts/curves.js';
import { differences } from './charts/differences.js';
import { gains } from './charts/gains.js';
import { views } from './charts/views.js';
import { weights } from './charts/weights.js';
import type { Choice } from './choice.js';
import { element } from './element.js';
import { figureOf } from './figure.js';
import { Legend, type LegendEntry } from './legend.js';

const MAKERS: Readonly<Record<string, ChartMaker>> = { curves, views, weights, contributions, gains, differences };

/** Draws the charts of a section and keeps them to what the reader chose. */
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

/** Curves are for all variants, diagnostics for those that see several modalities; the two that are compared are on at first. */
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
