import { chartFigure } from './chart-figure.js';
import { escapeHtml } from './escape-html.js';
import { legend } from './legend.js';
import type { PageData, Panel } from './page-data.js';
import { modalityMark } from './variant-mark.js';

/** The mean counterfactual weight of each modality over training; empty where no run reports weights. */
export function weightsSection({ panels, labels }: PageData, metric: string): string {
  const cards = panels.flatMap((panel, at) => {
    const modalities = weighted(panel);
    if (modalities.length === 0) return [];
    const entries = modalities.map((modality) => ({ name: modality, mark: modalityMark(modality, modalities) }));
    return [
      `<article class="card" data-panel="${at}"><h3>${escapeHtml(panel.title)}</h3>${legend(entries)}${chartFigure('weight', { panel, metric, labels, modality: '' })}</article>`,
    ];
  });
  if (cards.length === 0) return '';
  return `<section id="weights" aria-labelledby="weights-title">
<h2 id="weights-title">Modality weights in CKD</h2>
<p class="about">The mean counterfactual weight of each modality over training. At 1 all modalities weigh the same; the modality that contributes less to the joint score gets more.</p>
<div class="cards">${cards.join('\n')}</div>
</section>`;
}

function weighted(panel: Panel): string[] {
  const all = panel.series.filter((series) => Object.keys(series.weights).length > 0);
  const source = all.find((series) => series.variant === 'ckd') ?? all[0];
  return Object.keys(source?.weights ?? {}).sort();
}
