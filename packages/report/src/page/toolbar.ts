import type { PageData } from '../page-data/page-data.js';
import type { Choice } from './choice.js';

/** Brings the switches of metric, dataset and backbone to life; those with one choice stay hidden. */
export function setUpToolbar(toolbar: HTMLElement, data: PageData, choice: Choice): void {
  const metric = selectOf(toolbar, 'metric');
  const dataset = selectOf(toolbar, 'dataset');
  const backbone = selectOf(toolbar, 'backbone');
  const datasets = [...new Set(data.panels.map((panel) => panel.dataset))];
  const backbonesHere = () =>
    data.panels.filter((panel) => panel.dataset === choice.panel?.dataset).map((panel) => panel.backbone);
  const fillBackbones = () => fill(backbone, backbonesHere(), choice.panel?.backbone);

  fill(dataset, datasets, choice.panel?.dataset);
  fillBackbones();
  metric.addEventListener('change', () => choice.setMetric(metric.value));
  dataset.addEventListener('change', () => {
    choice.setDataset(dataset.value);
    fillBackbones();
  });
  backbone.addEventListener('change', () => choice.setBackbone(backbone.value));
  metric.closest('label')!.hidden = metric.options.length < 2;
  dataset.closest('label')!.hidden = datasets.length < 2;
  backbone.closest('label')!.hidden = new Set(data.panels.map((panel) => panel.backbone)).size < 2;
  toolbar.hidden = [...toolbar.querySelectorAll('label')].every(({ hidden }) => hidden);
}

function selectOf(toolbar: HTMLElement, name: string): HTMLSelectElement {
  return toolbar.querySelector<HTMLSelectElement>(`select[name=${name}]`)!;
}

function fill(select: HTMLSelectElement, names: readonly string[], chosen: string | undefined): void {
  select.replaceChildren(...names.map((name) => new Option(name, name, name === chosen, name === chosen)));
}
