import type { PageData, Panel } from '../page-data/page-data.js';

/** What the reader looks at: metric, dataset and backbone, from the page's switches. */
export class Choice {
  readonly #data: PageData;
  readonly #listeners: (() => void)[] = [];
  #metric: string;
  #panel: Panel | undefined;

  constructor(data: PageData) {
    this.#data = data;
    this.#metric = data.metric;
    // A floor stands first and has little to show.
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

  /** A dataset with the same backbone, if it has that one. */
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
