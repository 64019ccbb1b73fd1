import type { PageData, Panel } from '../page-data/page-data.js';

/** What the reader looks at: metric, dataset and backbone. */
export class Choice {
  readonly #data: PageData;
  readonly #listeners: (() => void)[] = [];
  #metric: string;
  #panel: Panel | undefined;

  constructor(data: PageData) {
    this.#data = data;
    this.#metric = data.metric;
    // Floors come first and have little to show.
    this.#panel = data.panels.find(({ series }) => series.length > 1) ?? data.panels[0];
  }

  get metric(): string {
    return this.#metric;
  }

  get panel(): Panel | undefined {
    return this.#panel;
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  setMetric(metric: string): void {
    this.#metric = metric;
    this.#tell();
  }

  /** Changes to a dataset, with the same backbone if the dataset has it. */
  setDataset(dataset: string): void {
    const panels = this.#data.panels.filter((panel) => panel.dataset === dataset);
    this.#panel = panels.find(({ backbone }) => backbone === this.#panel?.backbone) ?? panels[0];
    this.#tell();
  }

  setBackbone(backbone: string): void {
    const same = (panel: Panel) => panel.dataset === this.#panel?.dataset && panel.backbone === backbone;
    this.#panel = this.#data.panels.find(same) ?? this.#panel;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Sets up the switches of metric, dataset and backbone. A switch with only one option stays hidden. */
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

/** Shows the tables of the chosen metric only. Without this script, the tables of the other metrics are in folds. */
export function setUpMetricBlocks(choice: Choice): void {
  for (const fold of document.querySelectorAll('.other-metrics'))
    fold.replaceWith(...fold.querySelectorAll('[data-metric]'));
  const show = () => {
    for (const block of document.querySelectorAll<HTMLElement>('[data-metric]'))
      block.hidden = block.dataset.metric !== choice.metric;
  };
  choice.onChange(show);
  show();
}

function selectOf(toolbar: HTMLElement, name: string): HTMLSelectElement {
  return toolbar.querySelector<HTMLSelectElement>(`select[name=${name}]`)!;
}

function fill(select: HTMLSelectElement, names: readonly string[], chosen: string | undefined): void {
  select.replaceChildren(...names.map((name) => new Option(name, name, name === chosen, name === chosen)));
}
