import { chartFigure } from './chart-figure.js';
import { escapeHtml } from './escape-html.js';
import { legend } from './legend.js';
import type { PageData } from './page-data.js';

/** Validation by epoch, one chart per dataset x backbone. */
export function curvesSection({ panels, labels }: PageData, metric: string): string {
  const cards = panels.flatMap((panel, at) => {
    const drawn = panel.series.filter((series) => series.runs.some((run) => Object.keys(run.validation).length > 0));
    if (drawn.length === 0) return [];
    const entries = drawn.map((series) => ({ name: series.label, mark: series.mark }));
    return [
      `<article class="card" data-panel="${at}"><h3>${escapeHtml(panel.title)}</h3>${legend(entries)}${chartFigure('curve', { panel, metric, labels, modality: '' })}</article>`,
    ];
  });
  if (cards.length === 0) return '';
  return `<section id="curves" aria-labelledby="curves-title">
<h2 id="curves-title">Validation curves</h2>
<p class="about">Bold lines are means over seeds, up to the epoch where the first seed stopped; faint lines are single seeds. A dot marks each seed’s best epoch, the one that is restored and tested.</p>
<div class="cards">${cards.join('\n')}</div>
</section>`;
}
