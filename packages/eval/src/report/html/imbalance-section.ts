import { formatScore } from '../format-number.js';
import { metricLabel } from '../metric-label.js';
import type { Summary } from '../summary.js';
import { compareVariants, variantLabel } from '../variant-order.js';
import type { ViewGap } from '../view-gap.js';
import { chartFigure } from './chart-figure.js';
import { escapeHtml } from './escape-html.js';
import { groupedBy, htmlTable } from './html-table.js';
import { legend } from './legend.js';
import type { PageData, Panel } from './page-data.js';

/** How far each modality's view of the multimodal models stays behind a model of that modality alone; empty without views. */
export function imbalanceSection({ panels, labels }: PageData, summary: Summary): string {
  const cards = panels.flatMap((panel, at) => {
    const modalities = modalitiesOf(panel);
    if (modalities.length === 0) return [];
    const entries = panel.series
      .filter((series) => modalities.some((modality) => hasView(series, modality)))
      .map((series) => ({ name: series.label, mark: series.mark }));
    const figures = modalities.map((modality) =>
      chartFigure('view', { panel, metric: summary.metric, labels, modality }),
    );
    return [
      `<article class="card wide" data-panel="${at}"><h3>${escapeHtml(panel.title)}</h3>${legend(entries)}<div class="figures">${figures.join('')}</div></article>`,
    ];
  });
  if (cards.length === 0) return '';
  const tables = Object.entries(summary.gaps).map(([metric, gaps]) => {
    const hidden = metric === summary.metric ? '' : ' hidden';
    return `<div data-metric="${escapeHtml(metric)}"${hidden}>${gapTable(gaps, metric)}</div>`;
  });
  return `<section id="imbalance" aria-labelledby="imbalance-title">
<h2 id="imbalance-title">Modality imbalance</h2>
<p class="about">How well a multimodal model ranks when it sees one modality only, on validation. The dashed line is the best of a model trained on that modality alone, its teacher; the shaded gap is what the multimodal model leaves unlearned.</p>
${tables.join('')}
<div class="cards">${cards.join('\n')}</div>
</section>`;
}

function gapTable(gaps: readonly ViewGap[], metric: string): string {
  const variants = [...new Set(gaps.map((gap) => gap.variant))].sort(compareVariants);
  const label = metricLabel(metric);
  const places = groupedBy(gaps, (gap) => `${gap.dataset} · ${gap.backbone}`);
  return htmlTable({
    caption: `<strong>Gap to the teacher</strong> in validation ${escapeHtml(label)}: the teacher’s best minus the view’s at the restored epoch, means over seeds. Smaller is better balanced; a negative gap means that the view is ahead.`,
    label: `Gap to the teacher in validation ${label}`,
    columns: [
      { label: 'Modality', numeric: false },
      { label: 'Teacher', numeric: true },
      ...variants.flatMap((variant) => [
        { label: `${variantLabel(variant)}: view`, numeric: true },
        { label: 'gap', numeric: true },
      ]),
    ],
    groups: places.map(({ heading, rows }) => ({
      heading,
      rows: [...new Set(rows.map((row) => row.modality))].map((modality) => {
        const here = rows.filter((row) => row.modality === modality);
        return [
          escapeHtml(modality),
          formatScore(here[0]!.teacher),
          ...variants.flatMap((variant) => {
            const gap = here.find((row) => row.variant === variant);
            return gap ? [formatScore(gap.view), `<b>${formatGap(gap.gap)}</b>`] : ['–', '–'];
          }),
        ];
      }),
    })),
  });
}

function formatGap(gap: number): string {
  return formatScore(gap)
    .replace(/^-/, '−')
    .replace(/^−0\.0000$/, '0.0000');
}

function modalitiesOf(panel: Panel): string[] {
  const found = panel.series.flatMap((series) => series.runs.flatMap((run) => Object.keys(run.views)));
  return [...new Set(found)].filter((modality) => panel.series.some((series) => hasView(series, modality))).sort();
}

/** A uni-modal model's own view is itself and no view to compare. */
function hasView(series: Panel['series'][number], modality: string): boolean {
  return series.variant !== `only:${modality}` && series.runs.some((run) => run.views[modality] !== undefined);
}
